# An organisation's own folder may replace any of these; see src/template/template.h.
mailtemplatesdir = $(pkgdatadir)/templates/mail
dist_mailtemplates_DATA = \
	templates/mail/acknowledgement.html \
	templates/mail/acknowledgement.txt \
	templates/mail/already-subscribed.html \
	templates/mail/already-subscribed.txt \
	templates/mail/answer.html \
	templates/mail/answer.txt \
	templates/mail/closed-refused.html \
	templates/mail/closed-refused.txt \
	templates/mail/closed-request.html \
	templates/mail/closed-request.txt \
	templates/mail/confirm.html \
	templates/mail/confirm.txt \
	templates/mail/digest.html \
	templates/mail/digest.txt \
	templates/mail/erased.html \
	templates/mail/erased.txt \
	templates/mail/forward.html \
	templates/mail/forward.txt \
	templates/mail/help.html \
	templates/mail/help.txt \
	templates/mail/layout.html \
	templates/mail/left.html \
	templates/mail/left.txt \
	templates/mail/letter-foot.html \
	templates/mail/letter-foot.txt \
	templates/mail/letter-head.html \
	templates/mail/manage.html \
	templates/mail/manage.txt \
	templates/mail/move-new.html \
	templates/mail/move-new.txt \
	templates/mail/move-old.html \
	templates/mail/move-old.txt \
	templates/mail/moved.html \
	templates/mail/moved.txt \
	templates/mail/not-subscribed.html \
	templates/mail/not-subscribed.txt \
	templates/mail/probe.html \
	templates/mail/probe.txt \
	templates/mail/welcome.html \
	templates/mail/welcome.txt
bulletintemplatesdir = $(pkgdatadir)/templates/bulletin
dist_bulletintemplates_DATA = \
	templates/bulletin/update.html \
	templates/bulletin/update.txt
webtemplatesdir = $(pkgdatadir)/templates/web
dist_webtemplates_DATA = \
	templates/web/colours.css \
	templates/web/desk.css \
	templates/web/desk-coding.css \
	templates/web/desk-coding.js \
	templates/web/desk-editor.js \
	templates/web/desk-live.js \
	templates/web/desk.js \
	templates/web/desk-triage.js \
	templates/web/home.html \
	templates/web/layout.html \
	templates/web/mercat.css \
	templates/web/palette.css \
	templates/web/problem.html
desktemplatesdir = $(pkgdatadir)/templates/web/desk
dist_desktemplates_DATA = \
	templates/web/desk/account.html \
	templates/web/desk/act.html \
	templates/web/desk/answer.html \
	templates/web/desk/astray.html \
	templates/web/desk/audit-verify.html \
	templates/web/desk/audit.html \
	templates/web/desk/bounces.html \
	templates/web/desk/bulk.html \
	templates/web/desk/calendar.html \
	templates/web/desk/code.html \
	templates/web/desk/code-chip.html \
	templates/web/desk/code-fields.html \
	templates/web/desk/code-report.html \
	templates/web/desk/coded-piece.html \
	templates/web/desk/coding.html \
	templates/web/desk/coding-nav.html \
	templates/web/desk/editor.html \
	templates/web/desk/figures.html \
	templates/web/desk/figures-start.html \
	templates/web/desk/findings.html \
	templates/web/desk/forward.html \
	templates/web/desk/frame.html \
	templates/web/desk/import-preview.html \
	templates/web/desk/import.html \
	templates/web/desk/keys.html \
	templates/web/desk/layout.html \
	templates/web/desk/ledger.html \
	templates/web/desk/letters.html \
	templates/web/desk/list-new.html \
	templates/web/desk/list-people.html \
	templates/web/desk/list-updates.html \
	templates/web/desk/mail.html \
	templates/web/desk/people.html \
	templates/web/desk/person.html \
	templates/web/desk/problem.html \
	templates/web/desk/progress-part.html \
	templates/web/desk/progress.html \
	templates/web/desk/quote.html \
	templates/web/desk/queue.html \
	templates/web/desk/recode.html \
	templates/web/desk/reasons.html \
	templates/web/desk/replies.html \
	templates/web/desk/reply-body.html \
	templates/web/desk/reply-coding.html \
	templates/web/desk/reply-row.html \
	templates/web/desk/reply-side.html \
	templates/web/desk/reply.html \
	templates/web/desk/report.html \
	templates/web/desk/sample.html \
	templates/web/desk/samples.html \
	templates/web/desk/search.html \
	templates/web/desk/sentences.html \
	templates/web/desk/sign-in.html \
	templates/web/desk/staff.html \
	templates/web/desk/steps.html \
	templates/web/desk/suggestions.html \
	templates/web/desk/suppression.html \
	templates/web/desk/unsorted-mail.html \
	templates/web/desk/unsorted.html \
	templates/web/desk/update.html \
	templates/web/desk/updates-table.html \
	templates/web/desk/updates.html \
	templates/web/desk/views.html
