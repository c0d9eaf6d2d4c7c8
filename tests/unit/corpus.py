"""Figures of the mail reader on the shared corpora, as TAP; below a floor is a failure.

Run by test_corpus.sh in make check; with --report it prints the misses as well.
Corpora that are absent are a plan of one passing line and a comment.
"""
import glob
import json
import os
import re
import subprocess
import sys

SRC = os.environ.get('MERCAT_SRCDIR', os.path.dirname(os.path.abspath(__file__)) + '/../..')
BUILD = os.environ.get('MERCAT_BUILDDIR', SRC)
SHARED = os.environ.get('MERCAT_SHARED', SRC + '/../shared')
CORPORA = os.path.realpath(SHARED + '/corpora')
REPORT = '--report' in sys.argv
figures = []		# (name, reached, of, floor as a share)
misses = {}

# What upstream's reasons mean in our words; None: several are right.
REASONS = {
    'userunknown': 'no_such_address', 'hostunknown': 'no_such_domain', 'hasmoved': 'moved',
    'mailboxfull': 'mailbox_full', 'suspend': 'disabled', 'authfailure': 'authentication',
    'blocked': 'policy', 'rejected': 'policy', 'policyviolation': 'policy',
    'norelaying': 'policy', 'requireptr': 'policy', 'badreputation': 'policy',
    'securityerror': 'policy', 'notcompliantrfc': 'policy', 'spamdetected': 'content',
    'virusdetected': 'content', 'contenterror': 'content', 'exceedlimit': 'too_large',
    'mesgtoobig': 'too_large', 'emailtoolarge': 'too_large', 'expired': 'expired',
    'networkerror': 'network', 'toomanyconn': 'rate', 'speeding': 'rate',
    'systemerror': 'other', 'systemfull': 'other', 'mailererror': 'other',
    'onhold': 'other', 'syntaxerror': 'other'}
GONE = {'no_such_address', 'no_such_domain', 'moved'}


def inspect(paths):
    if not paths:
        return {}
    run = subprocess.run([BUILD + '/tests/bench/mercat-inspect', '--batch'],
                         input='\n'.join(paths) + '\n', capture_output=True,
                         text=True, encoding='utf-8', check=True)
    lines = run.stdout.splitlines()
    assert len(lines) == len(paths), 'one line a file'
    return {r['file']: r for r in map(json.loads, lines)}


def rows(folder):
    path = f'{CORPORA}/{folder}/expected.jsonl'
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def with_results(folder):
    expected = rows(folder)
    got = inspect([f'{CORPORA}/{folder}/{r["file"]}' for r in expected])
    return [(r, got[f'{CORPORA}/{folder}/{r["file"]}']) for r in expected]


def miss(name, *what):
    misses.setdefault(name, []).append(what)


def figure(name, reached, of, floor):
    figures.append((name, reached, of, floor))


def share(name, outcomes, floor):
    """outcomes: (right, what to print when it is not)."""
    outcomes = list(outcomes)
    for right, what in outcomes:
        if not right:
            miss(name, what)
    figure(name, sum(1 for right, _ in outcomes if right), len(outcomes), floor)


def fold(text):
    return ' '.join((text or '').split())


def bounces():
    seen, sets, verdicts, reasons, kinds = [], [], [], [], []
    soft = soft_called_hard = gone = gone_missed = said = said_wrong = 0
    for want, got in with_results('bounce/sisimai'):
        name = want['file']
        if want['kind'] != 'bounce':
            kinds.append((got['kind'] == want['kind'], (name, want['kind'], got['kind'])))
            continue
        is_delay = got['kind'] == 'delay' and any(
            r['action'] == 'delayed' for r in got['bounce']['recipients'])
        seen.append((got['kind'] == 'bounce' or is_delay, (name, got['kind'], got['subject'])))
        found = got['bounce']['recipients']
        refs = [r['recipient_ref'] for r in want['records']]
        if all(refs):
            a = {x.lower() for x in refs}
            b = {(r['address'] or '').lower() for r in found}
            sets.append((a == b, (name, sorted(a), sorted(b))))
        for i, r in enumerate(want['records']):
            mine = [x for x in found if r['recipient_ref'] and
                    (x['address'] or '').lower() == r['recipient_ref'].lower()]
            mine = mine or found[i:i + 1] or found[:1]
            mine = mine[0] if mine else {'verdict': None, 'reason': None, 'diagnostic': None}
            verdict = {'5': 'permanent', '4': 'transient'}.get(r['status'][:1])
            if verdict:
                verdicts.append((mine['verdict'] == verdict, (name, r['status'], mine)))
                soft += verdict == 'transient'
                soft_called_hard += verdict == 'transient' and mine['verdict'] == 'permanent'
            reason = REASONS.get(r['reason'])
            if reason:
                reasons.append((mine['reason'] == reason, (name, r['reason'], r['status'],
                                mine['reason'], mine['diagnostic'])))
                gone += reason in GONE
                gone_missed += reason in GONE and mine['reason'] not in GONE
                said += mine['reason'] in GONE
                said_wrong += mine['reason'] in GONE and reason not in GONE
    for want, got in with_results('bounce/kumomta'):
        seen.append((got['kind'] in ('bounce', 'delay'), (want['file'], got['kind'])))
    share('bounces seen', seen, 0.99)
    share('failed recipients exact', sets, 0.97)
    share('verdict follows the class', verdicts, 0.95)
    figure('class 4 not called permanent', soft - soft_called_hard, soft, 0.9)
    share('reason', reasons, 0.9)
    figure('gone addresses found', gone - gone_missed, gone, 0.9)
    figure('gone said rightly', said - said_wrong, said, 0.9)
    share('complaints, auto-replies, delivered', kinds, 0.9)


def complaints():
    out = []
    for folder in ('complaint/stalwart', 'complaint/kumomta'):
        for want, got in with_results(folder):
            c = got['complaint']
            right = got['kind'] == 'complaint'
            if want.get('feedback_type'):
                right &= (c['type'] or '').replace('-', '') == want['feedback_type'].lower()
            for key, mine in (('original_rcpt_to', 'original_recipient'),
                              ('original_mail_from', 'original_mail_from'),
                              ('source_ip', 'source_ip')):
                if want.get(key):
                    right &= (c[mine] or '').lower() == want[key].strip('<>').lower()
            out.append((right, (want['file'], got['kind'], c)))
    share('complaints read', out, 1.0)


def human():
    out = []
    for want, got in with_results('human/spamassassin-nice'):
        out.append((got['kind'] in ('human', 'list', 'command'),
                    (want['file'], got['kind'], got['reasons'])))
    share('human mail left alone', out, 1.0)


def same_address(want, got):
    name, address = (want + [None, None])[:2]
    return (fold(name) or None, fold(address).lower() or None) == (
        fold(got['name']) or None, fold(got['address']).lower() or None)


def mime_stalwart():
    subjects, senders, texts, files = [], [], [], []
    for want, got in with_results('mime/stalwart'):
        f = want['file']
        if want.get('subject'):
            subjects.append((fold(want['subject']) == fold(got['subject']),
                             (f, want['subject'], got['subject'])))
        if want.get('from'):
            senders.append((same_address(want['from'][0], got['from']),
                            (f, want['from'], got['from'])))
        if want.get('text'):
            words = fold(' '.join(want['text']))
            have = fold(got['text'])
            texts.append((words == have or (got['html'] and words in have),
                          (f, words[:300], have[:300])))
        names = [a['name'] for a in want.get('attachments', []) if a.get('name')]
        have = [a['name'] for a in got['attachments'] if a['name']]
        files.append((set(names) <= set(have), (f, names, have)))
        for a in want.get('attachments', []):
            if a.get('sha256'):
                files.append((a['sha256'] in [x['sha256'] for x in got['attachments']],
                              (f, a.get('name'), a.get('type'), a.get('size'),
                               [(x['name'], x['type'], x['size']) for x in got['attachments']])))
    share('stalwart subject', subjects, 0.9)
    share('stalwart sender', senders, 0.92)
    share('stalwart text', texts, 0.8)
    share('stalwart attachments', files, 0.85)


def mime_jwz():
    subjects, senders, files = [], [], []
    for folder in ('mime/jwz', 'mime/php-mime-mail-parser'):
        for want, got in with_results(folder):
            f = want['file']
            if want.get('subject') is not None:
                subjects.append((fold(want['subject']) == fold(got['subject']),
                                 (f, want['subject'], got['subject'])))
            if want.get('from_'):
                name, address = want['from_'][0]
                senders.append((fold(address).lower() == fold(got['from']['address']).lower() and
                                fold(name or '') in ('', fold(got['from']['name'] or ''), address),
                                (f, want['from_'], got['from'])))
            names = [x['filename'] for x in want.get('leaves', []) if x.get('filename')]
            names += [x['name'] for x in want.get('attachments', []) if x.get('name')]
            have = [a['name'] for a in got['attachments'] if a['name']]
            files.append((set(names) <= set(have), (f, names, have)))
    share('jwz, php subject', subjects, 0.9)
    share('jwz, php sender', senders, 0.9)
    share('jwz, php attachment names', files, 0.85)


def mime_mailcore():
    subjects, texts = [], []
    for want, got in with_results('mime/mailcore-summary'):
        head, _, body = want['rendered'].partition('\n\n')
        fields = dict(line.split(': ', 1) for line in head.split('\n') if ': ' in line)
        subjects.append((fold(got['subject']).endswith(fold(fields.get('Subject'))),
                         (want['file'], fields.get('Subject'), got['subject'])))
        body = re.sub(r'\(\S*//\S*\)|(?m:^- \S+, \d+ \w+$)', ' ', body)
        words = re.findall(r'\w+', body)
        have = set(re.findall(r'\w+', (got['text'] or '') + ' ' +
                              ' '.join(a['text'] or '' for a in got['attachments'])))
        found = sum(1 for w in words if w in have)
        texts.append((not words or found >= 0.95 * len(words),
                      (want['file'], found, len(words), [w for w in words if w not in have][:8])))
    share('mailcore subject', subjects, 0.9)
    share('mailcore visible words', texts, 0.8)


def mime_mime4j():
    out = []
    for want, got in with_results('mime/mime4j-testmsgs'):
        have = {a['sha256'] for a in got['attachments']}
        import hashlib
        texts = {hashlib.sha256(x.encode()).hexdigest()
                 for t in (got['text'], got['html']) if t
                 for x in (t, t.rstrip('\n'), t.rstrip('\n') + '\n')}
        for leaf in want['leaves']:
            if leaf['part'].endswith('.txt'):
                continue
            ok = leaf['sha256_lf'] in have | texts or leaf['sha256'] in have
            out.append((ok, (want['file'], leaf['part'], leaf['size'])))
    share('mime4j leaves', out, 0.3)


def read(path):
    with open(path, encoding='utf-8', errors='replace') as f:
        return f.read()


def reply_new():
    exact = lost = total = 0
    paths = sorted(glob.glob(f'{CORPORA}/reply/trimmer/emails/*'))
    texts = {}
    for p in paths:
        texts[p] = read(p)
    run = subprocess.run([BUILD + '/tests/bench/mercat-reply'], input='\0'.join(
        texts[p] for p in paths) + '\0', capture_output=True, text=True, encoding='utf-8',
        check=True)
    answers = run.stdout.split('\0')
    for p, new in zip(paths, answers):
        golden = p.replace('/emails/', '/trimmed/')
        if not os.path.exists(golden):
            continue
        want, total = read(golden).strip(), total + 1
        ok = fold_lines(new) == fold_lines(want)
        exact += ok
        words = want.split()
        missing = [w for w in words if w not in new.split()]
        lost += bool(missing)
        if not ok:
            miss('new text exact', (os.path.basename(p), want, new))
        if missing:
            miss('no word lost', (os.path.basename(p), missing[:10]))
    if total:
        figure('new text exact', exact, total, 0.95)
        figure('no word lost', total - lost, total, 1 - 2 / 64)


def fold_lines(text):
    return '\n'.join(line.rstrip() for line in text.strip().split('\n'))


def variants():
    """LF, CRLF and bare-CR copies of a mail say the same."""
    import tempfile
    out = []
    paths = sorted(p for p in glob.glob(f'{CORPORA}/bounce/sisimai/*.eml') +
                   glob.glob(f'{CORPORA}/human/*/t__*') + glob.glob(f'{CORPORA}/mime/jwz/*'))
    with tempfile.TemporaryDirectory() as tmp:
        todo = []
        for i, p in enumerate(paths):
            raw = open(p, 'rb').read()
            if p.endswith('.jsonl') or b'\r' in raw.replace(b'\r\n', b'\n'):
                continue
            lf = raw.replace(b'\r\n', b'\n')
            for j, end in enumerate((b'\n', b'\r\n', b'\r')):
                open(f'{tmp}/{i}-{j}', 'wb').write(lf.replace(b'\n', end))
            todo.append(i)
        got = inspect([f'{tmp}/{i}-{j}' for i in todo for j in range(3)])
        for i in todo:
            three = [dict(got[f'{tmp}/{i}-{j}'], file='') for j in range(3)]
            out.append((three[0] == three[1] == three[2],
                        (os.path.basename(paths[i]),
                         [k for k in three[0] if not three[0][k] == three[1][k] == three[2][k]])))
    share('line ends make no difference', out, 1.0)


def main():
    if not os.path.isdir(CORPORA):
        print('# the shared corpora are not here: nothing to measure\n1..1\nok 1 - no corpora')
        return
    for part in (bounces, complaints, human, mime_stalwart, mime_jwz, mime_mailcore,
                 mime_mime4j, reply_new, variants):
        part()
    print(f'1..{len(figures)}')
    for i, (name, reached, of, floor) in enumerate(figures, 1):
        ok = of > 0 and reached >= floor * of - 1e-9
        print(f'{"ok" if ok else "not ok"} {i} - {name}: {reached} of {of} '
              f'({100 * reached / max(of, 1):.1f} %), floor {100 * floor:.0f} %')
    if REPORT:
        for name, what in misses.items():
            print('\n###', name)
            for w in what:
                print('   ', *w)


main()
