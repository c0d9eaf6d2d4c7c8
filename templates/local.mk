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
	templates/web/home.html \
	templates/web/layout.html \
	templates/web/mercat.css \
	templates/web/problem.html
