# What is installed below templates must be there: the list of it is compiled in.
BUILT_SOURCES += src/doctor/template_names.c
CLEANFILES += src/doctor/template_names.c
src/doctor/template_names.c: $(srcdir)/templates/local.mk
	$(AM_V_GEN)$(MKDIR_P) src/doctor && { \
		echo '#include "doctor/template_names.h"'; \
		echo '#include <stddef.h>'; \
		echo 'const char *const doctor_templates[] = {'; \
		sed -n 's,^.templates/\([^ ]*\.html\).*,"\1"\,,p;s,^.templates/\([^ ]*\.txt\).*,"\1"\,,p' \
			$(srcdir)/templates/local.mk; \
		echo 'NULL};'; } >$@.new && mv $@.new $@
nodist_libmercat_a_SOURCES += src/doctor/template_names.c
libmercat_a_SOURCES += \
	src/doctor/doctor.c src/doctor/doctor.h \
	src/doctor/domain_records.c \
	src/doctor/examine.c \
	src/doctor/mail_servers.c \
	src/doctor/status.c src/doctor/status.h \
	src/doctor/template_names.h \
	src/doctor/this_machine.c
