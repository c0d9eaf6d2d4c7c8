dist_man_MANS += doc/mercat.1 doc/mercat.conf.5 doc/mercatd.8
EXTRA_DIST += README.md doc/security.md src/README.md tools/man

# What the pages and the example settings say is what the program says.
check_SCRIPTS += tests/docs/docs.sh
EXTRA_DIST += tests/docs/docs.sh

# make installcheck, which distcheck runs too.
EXTRA_DIST += tests/docs/installed.sh
installcheck-local:
	$(srcdir)/tests/docs/installed.sh "$(DESTDIR)$(bindir)/mercat" \
		"$(DESTDIR)$(pkgdatadir)" $(if $(DESTDIR),"$(DESTDIR)$(pkgdatadir)/templates")
.PHONY: installcheck-local
