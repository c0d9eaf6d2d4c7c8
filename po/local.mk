# Translations: tools/translations keeps them in step with the templates.
PO_LANGUAGES = gd
EXTRA_DIST += po/mercat.pot po/gd.po tools/translations
locale_built = po/locale/gd/LC_MESSAGES/mercat.mo
CLEANFILES += $(locale_built)
all-local: $(locale_built)
check_DATA = $(locale_built)

po/locale/gd/LC_MESSAGES/mercat.mo: $(srcdir)/po/gd.po
	$(AM_V_GEN)$(MKDIR_P) po/locale/gd/LC_MESSAGES && \
		$(MSGFMT) --check -o $@ $(srcdir)/po/gd.po

install-data-local: $(locale_built)
	for l in $(PO_LANGUAGES); do \
		$(MKDIR_P) "$(DESTDIR)$(localedir)/$$l/LC_MESSAGES" && \
		$(INSTALL_DATA) po/locale/$$l/LC_MESSAGES/mercat.mo \
			"$(DESTDIR)$(localedir)/$$l/LC_MESSAGES/mercat.mo" || exit 1; \
	done

uninstall-local:
	for l in $(PO_LANGUAGES); do \
		rm -f "$(DESTDIR)$(localedir)/$$l/LC_MESSAGES/mercat.mo"; \
	done
