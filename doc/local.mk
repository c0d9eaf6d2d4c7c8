dist_man_MANS += doc/mercat.1 doc/mercat.conf.5 doc/mercatd.8
# What tools/package builds the Debian package of.
EXTRA_DIST += debian/apparmor/usr.sbin.mercatd debian/changelog debian/clean debian/control \
	debian/copyright debian/mercat.README.Debian debian/mercat.docs debian/mercat.install \
	debian/mercat.links debian/mercat.lintian-overrides debian/mercat.postrm debian/rules \
	debian/source/format tools/package tests/package/chroot.py
EXTRA_DIST += README.md doc/clicks.md doc/glossary.md doc/security.md doc/traps.md \
	doc/upgrading.md src/README.md tools/man
EXTRA_DIST += src/base/README.md src/bulletin/README.md src/classify/README.md src/consent/README.md \
	src/cli/README.md src/daemon/README.md src/document/README.md src/domain/admin/README.md \
	src/domain/approval/README.md src/domain/imports/README.md \
	src/domain/publication/README.md src/staff/publication/README.md \
	src/domain/disclosure/README.md src/domain/reports/README.md \
	src/domain/exports/README.md src/domain/outcome/README.md src/render/README.md \
	src/domain/leaks/README.md src/leak/README.md \
	src/domain/analysis/README.md src/domain/bulletins/README.md src/domain/campaigns/README.md \
	src/domain/coding/README.md \
	src/domain/core/README.md src/domain/delivery/README.md src/domain/intake/README.md \
	src/domain/personal/README.md src/doubts/README.md \
	src/domain/queue/README.md src/domain/responses/README.md \
	src/domain/past/README.md \
	src/domain/copies/README.md src/domain/safeguarding/README.md src/domain/sorting/README.md \
	src/domain/subscribers/README.md \
	src/extract/README.md src/form/README.md src/imap/README.md src/mail/README.md \
	src/maildir/README.md src/mx/README.md src/office/README.md src/process/README.md \
	src/ownform/README.md \
	src/doctor/README.md \
	src/pages/README.md \
	src/proposal/README.md src/public/README.md src/reader/README.md src/sandbox/README.md \
	src/roster/README.md \
	src/settings/README.md src/smtp/README.md src/staff/README.md src/store/README.md \
	src/template/README.md src/text/README.md src/web/README.md
EXTRA_DIST += src/staff/frame/README.md src/staff/routes/README.md src/staff/admin/README.md
EXTRA_DIST += src/staff/bulletins/README.md src/staff/subscribers/README.md
EXTRA_DIST += src/staff/triage/README.md src/staff/coding/README.md
EXTRA_DIST += src/staff/analysis/README.md src/staff/responses/README.md
EXTRA_DIST += src/staff/intake/README.md src/staff/outcome/README.md
EXTRA_DIST += src/text/words/README.md src/text/charset/README.md src/text/markup/README.md
EXTRA_DIST += src/text/letter/README.md src/text/answer/README.md src/text/figures/README.md
EXTRA_DIST += src/mail/decode/README.md src/mail/fields/README.md src/mail/read/README.md
EXTRA_DIST += src/mail/write/README.md
EXTRA_DIST += src/cli/frame/README.md src/cli/bulletins/README.md
EXTRA_DIST += src/cli/responses/README.md src/cli/admin/README.md src/cli/program/README.md
EXTRA_DIST += src/form/pieces/README.md src/form/prose/README.md src/form/reading/README.md
EXTRA_DIST += src/base/codec/README.md
EXTRA_DIST += src/extract/parsers/README.md

# What the pages and the example settings say is what the program says.
check_SCRIPTS += tests/docs/docs.sh tests/docs/package.sh
EXTRA_DIST += tests/docs/docs.sh tests/docs/package.sh

# make installcheck, which distcheck runs too. KEEP_DAEMON is a folder for the mercatd of a build
# that distcheck removes (tools/test).
EXTRA_DIST += tests/docs/installed.sh
installcheck-local:
	$(srcdir)/tests/docs/installed.sh "$(DESTDIR)$(bindir)/mercat" \
		"$(DESTDIR)$(pkgdatadir)" $(if $(DESTDIR),"$(DESTDIR)$(pkgdatadir)/templates")
	test -z "$(KEEP_DAEMON)" || cp mercatd$(EXEEXT) "$(KEEP_DAEMON)"
.PHONY: installcheck-local
