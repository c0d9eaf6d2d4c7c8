# Examples to copy from: nothing is written into the system's own settings.
exampledir = $(pkgdatadir)/examples
dist_example_DATA = conf/Caddyfile conf/mercat.conf conf/mercat.sysusers conf/mercat.tmpfiles \
	conf/nginx.conf
nodist_example_DATA = conf/mercat.service
EXTRA_DIST += conf/mercat.service.in
CLEANFILES += conf/mercat.service

conf/mercat.service: $(srcdir)/conf/mercat.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) conf && sed -e 's|@sbindir[@]|$(sbindir)|g' \
		-e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		$(srcdir)/conf/mercat.service.in >$@.new && mv $@.new $@
