#!/usr/bin/python3
"""A scripted SMTP server: does what the rules say, and otherwise takes every mail.

usage: smtp_server.py [options] [RULE ...]        prints its port, runs until killed

A RULE is  PLACE[/N][~TEXT]: ACTION[; ACTION ...]
  PLACE   greet ehlo helo starttls auth mail rcpt data body dot rset quit
          (body: when half of --size-hint bytes of the text have come)
  /N      only the Nth time over the whole life of the server, from 1
  ~TEXT   only when the command line holds TEXT; data, body and dot look at the
          recipient of the mail
  ACTION  reply CODE WORDS|MORE LINES   the reply, one line for each |
          raw BYTES                     sent as they are, \\r \\n \\0 \\xNN understood
          sleep MS    none (no reply)   drop (close)   reset (close with RST)
          stall (hold the line, say nothing more)      flood BYTES (for ever)
          ok (what would be done without the rule)
The first rule that fits is taken; after drop, reset, stall and flood the connection
is over. Every command and every mail taken is written to --log, one line each:
  C1 EHLO bench.example
  TAKEN C1 <sender> <recipient> BYTES sha256 OF-THE-BODY
"""
import argparse
import base64
import hashlib
import re
import socket
import ssl
import struct
import sys
import threading
import time


class Over(Exception):
    """The connection has ended, by a rule or by the client."""


class Rule:
    FORM = re.compile(r'^([a-z]+)(?:/(\d+))?(?:~([^:]*))?:\s*(.*)$', re.S)

    def __init__(self, text):
        found = self.FORM.match(text)
        if not found:
            sys.exit(f'smtp_server: no rule: {text}')
        self.place, nth, self.text, actions = found.groups()
        self.nth = int(nth) if nth else None
        self.actions = [a.strip().partition(' ') for a in actions.split(';')]


class Server:
    def __init__(self, options):
        self.options = options
        self.rules = [Rule(r) for r in options.rules]
        self.seen = {}
        self.lock = threading.Lock()
        self.log_file = open(options.log, 'ab', buffering=0) if options.log else None
        self.context = None
        if options.tls != 'none':
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options.cert, options.key)

    def log(self, line):
        if self.log_file:
            self.log_file.write(line.encode() + b'\n')

    def find(self, place, text):
        with self.lock:
            self.seen[place] = self.seen.get(place, 0) + 1
            count = self.seen[place]
        for rule in self.rules:
            if (rule.place == place and rule.nth in (None, count)
                    and (rule.text is None or rule.text in text)):
                return rule
        return None

    def run(self):
        listener = socket.create_server(('127.0.0.1', self.options.port), backlog=500)
        sys.stdout.write(f'{listener.getsockname()[1]}\n')
        sys.stdout.flush()
        number = 0
        while True:
            peer, _ = listener.accept()
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number += 1
            threading.Thread(target=Connection(self, peer, f'C{number}').run,
                             daemon=True).start()


class Connection:
    def __init__(self, server, sock, name):
        self.server, self.sock, self.name = server, sock, name
        self.input = bytearray()
        self.encrypted = self.logged_in = False
        self.sender = self.recipient = ''
        self.code = 0  # of the last reply

    # ---- bytes ----

    def send(self, data):
        try:
            self.sock.sendall(data)
        except OSError as why:
            raise Over from why

    def more(self):
        try:
            got = self.sock.recv(65536)
        except OSError as why:
            raise Over from why
        if not got:
            raise Over
        self.input += got

    def line(self):
        while b'\n' not in self.input:
            self.more()
        end = self.input.index(b'\n')
        line = bytes(self.input[:end])
        del self.input[:end + 1]
        return line.rstrip(b'\r').decode('utf-8', 'surrogateescape')

    def reply(self, code, words):
        self.code = int(code)
        lines = words.split('|')
        for n, words in enumerate(lines):
            dash = '-' if n + 1 < len(lines) else ' '
            lines[n] = f'{code}{dash}{words}\r\n'
        self.send(''.join(lines).encode())

    # ---- rules ----

    def act(self, place, text, usual):
        rule = self.server.find(place, text)
        if not rule:
            usual()
            return
        for verb, _, rest in rule.actions:
            self.action(verb, rest, usual)

    def action(self, verb, rest, usual):
        if verb == 'ok':
            usual()
        elif verb == 'reply':
            code, _, words = rest.partition(' ')
            self.reply(code, words)
        elif verb == 'raw':
            self.send(rest.encode().decode('unicode_escape').encode('latin-1'))
        elif verb == 'sleep':
            time.sleep(int(rest) / 1000)
        elif verb == 'drop':
            raise Over
        elif verb == 'reset':
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            self.sock.close()
            raise Over
        elif verb == 'stall':
            while True:
                time.sleep(3600)
        elif verb == 'flood':
            while True:
                self.send(rest.encode() * 1000)
        elif verb != 'none':
            sys.exit(f'smtp_server: no action: {verb}')

    # ---- the usual ----

    def run(self):
        try:
            if self.server.options.tls == 'wrapped':
                self.encrypt()
            self.act('greet', '', lambda: self.reply(220, 'test ESMTP'))
            while True:
                self.command(self.line())
        except (Over, ssl.SSLError):
            pass
        finally:
            self.sock.close()

    def encrypt(self):
        self.input = bytearray()
        try:
            self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        except OSError as why:
            raise Over from why
        self.encrypted = True

    def command(self, line):
        self.server.log(f'{self.name} {line}'.encode('utf-8', 'replace').decode())
        if self.server.options.lie:
            time.sleep(0.05)
            self.drop_what_waits()
        verb = line.split(' ')[0].lower()
        usual = getattr(self, 'on_' + verb, None)
        if not usual:
            self.reply(500, '5.5.1 what?')
            return
        if verb == 'data':
            self.data()
        else:
            self.act(verb, line, lambda: usual(line))

    def drop_what_waits(self):
        """A server that says PIPELINING and loses what comes behind a command."""
        self.input = bytearray()
        self.sock.setblocking(False)
        try:
            while self.sock.recv(65536):
                pass
        except OSError:
            pass
        self.sock.setblocking(True)

    def on_ehlo(self, _line):
        o = self.server.options
        if o.helo_only:
            self.reply(502, '5.5.1 no EHLO here')
            return
        words = ['test']
        if not o.no_pipelining:
            words.append('PIPELINING')
        if not o.no_8bit:
            words.append('8BITMIME')
        if o.utf8:
            words.append('SMTPUTF8')
        if o.size:
            words.append(f'SIZE {o.size}')
        if o.tls == 'starttls' and not self.encrypted:
            words.append('STARTTLS')
        if o.auth:
            words.append('AUTH PLAIN LOGIN XOAUTH2')
        words.append('ENHANCEDSTATUSCODES')
        self.reply(250, '|'.join(words))

    def on_helo(self, _line):
        self.reply(250, 'test')

    def on_starttls(self, _line):
        if self.server.options.inject:
            self.send(b'220 go\r\n250-test\r\n250 AUTH PLAIN\r\n')
        else:
            self.reply(220, 'go')
        self.encrypt()

    def on_auth(self, line):
        words = line.split(' ')
        if len(words) < 3:
            self.reply(334, '')
            words.append(self.line())
        got = base64.b64decode(words[2]).decode()
        if words[1] == 'XOAUTH2':
            user, _, token = got.rstrip('\1').partition('\1auth=Bearer ')
            got = user.replace('user=', '', 1) + ':' + token
        else:
            got = got.partition('\0')[2].replace('\0', ':')
        if got == self.server.options.auth:
            self.logged_in = True
            self.reply(235, '2.7.0 welcome')
        else:
            self.reply(535, '5.7.8 wrong user or password')

    def on_mail(self, line):
        if self.server.options.auth_required and not self.logged_in:
            self.reply(530, '5.7.0 log in first')
            return
        if self.sender:
            self.reply(503, '5.5.1 nested MAIL')
            return
        self.sender = line.split(':', 1)[1].split('>')[0] + '>'
        self.recipient = ''
        self.reply(250, '2.1.0 sender ok')

    def on_rcpt(self, line):
        if not self.sender:
            self.reply(503, '5.5.1 MAIL first')
            return
        self.recipient = line.split(':', 1)[1].split('>')[0] + '>'
        self.reply(250, '2.1.5 recipient ok')

    def on_data(self, _line=''):
        if not self.recipient:
            self.reply(503, '5.5.1 no valid recipients')
        else:
            self.reply(354, 'go on')

    def data(self):
        self.code = 0
        self.act('data', self.recipient, self.on_data)
        if self.code == 354:
            self.body()

    def body(self):
        half = self.server.options.size_hint // 2
        told, seen = False, 0
        while not self.input.startswith(b'.\r\n') and \
                self.input.find(b'\r\n.\r\n', seen) < 0:
            seen = max(0, len(self.input) - 4)
            if not told and len(self.input) >= half:
                told = True
                self.act('body', self.recipient, lambda: None)
            self.more()
        if self.input.startswith(b'.\r\n'):
            end, skip = 0, 3
        else:
            end, skip = self.input.index(b'\r\n.\r\n', seen), 5
        body = bytes(self.input[:end])
        del self.input[:end + skip]
        self.act('dot', self.recipient, lambda: self.on_dot(body))
        self.sender = ''

    def on_dot(self, body):
        if not self.recipient:
            self.reply(554, '5.5.1 no valid recipients')
            return
        body = re.sub(rb'(^|\r\n)\.', rb'\1', body)
        self.server.log(f'TAKEN {self.name} {self.sender} {self.recipient} {len(body)} '
                        f'{hashlib.sha256(body).hexdigest()}')
        self.reply(250, f'2.0.0 taken as {self.name}')

    def on_rset(self, _line):
        self.sender = self.recipient = ''
        self.reply(250, '2.0.0 forgotten')

    def on_quit(self, _line):
        self.reply(221, '2.0.0 bye')
        raise Over


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--port', type=int, default=0)
    p.add_argument('--log')
    p.add_argument('--tls', choices=['none', 'starttls', 'wrapped'], default='none')
    p.add_argument('--cert')
    p.add_argument('--key')
    p.add_argument('--auth', help='user:password')
    p.add_argument('--size', type=int)
    p.add_argument('--size-hint', type=int, default=1 << 30)
    for flag in ('no-pipelining', 'lie', 'no-8bit', 'utf8', 'inject', 'auth-required',
                 'helo-only'):
        p.add_argument('--' + flag, action='store_true')
    p.add_argument('rules', nargs='*')
    Server(p.parse_args()).run()


if __name__ == '__main__':
    main()
