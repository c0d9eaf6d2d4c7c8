# An organisation's own folder may replace any of these; see src/template/template.h.
mailtemplatesdir = $(pkgdatadir)/templates/mail
dist_mailtemplates_DATA = \
	templates/mail/layout.html
bulletintemplatesdir = $(pkgdatadir)/templates/bulletin
dist_bulletintemplates_DATA = \
	templates/bulletin/update.html \
	templates/bulletin/update.txt
