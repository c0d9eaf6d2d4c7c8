# Examples to copy from: nothing is written into the system's own settings.
exampledir = $(pkgdatadir)/examples
dist_example_DATA = conf/Caddyfile conf/mercat.conf conf/mercat.sysusers conf/mercat.tmpfiles \
	conf/mercat-backup.timer conf/nginx.conf
nodist_example_DATA = conf/mercat.service conf/mercat-backup.service
EXTRA_DIST += conf/mercat.service.in conf/mercat-backup.service.in
CLEANFILES += conf/mercat.service conf/mercat-backup.service
WITH_PATHS = $(MKDIR_P) conf && sed -e 's|@sbindir[@]|$(sbindir)|g' \
	-e 's|@bindir[@]|$(bindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g'

conf/mercat.service: $(srcdir)/conf/mercat.service.in Makefile
	$(AM_V_GEN)$(WITH_PATHS) $(srcdir)/conf/mercat.service.in >$@.new && mv $@.new $@
conf/mercat-backup.service: $(srcdir)/conf/mercat-backup.service.in Makefile
	$(AM_V_GEN)$(WITH_PATHS) $(srcdir)/conf/mercat-backup.service.in >$@.new && mv $@.new $@

# What shells complete is asked of the program, once it is built.
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = conf/completion/mercat
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = conf/completion/_mercat
CLEANFILES += conf/completion/mercat conf/completion/_mercat
check_SCRIPTS += tests/unit/completion.sh
EXTRA_DIST += tests/unit/completion.sh

conf/completion/mercat: mercat$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) conf/completion && ./mercat$(EXEEXT) help --completion bash >$@.new && \
		mv $@.new $@
conf/completion/_mercat: mercat$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) conf/completion && ./mercat$(EXEEXT) help --completion zsh >$@.new && \
		mv $@.new $@
