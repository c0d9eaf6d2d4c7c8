include $(srcdir)/src/cli/frame/local.mk
include $(srcdir)/src/cli/bulletins/local.mk
include $(srcdir)/src/cli/responses/local.mk
include $(srcdir)/src/cli/admin/local.mk
include $(srcdir)/src/cli/program/local.mk

bin_PROGRAMS += mercat
mercat_SOURCES = src/cli/program/main.c

check_PROGRAMS += tests/unit/test_domain_cli
tests_unit_test_domain_cli_SOURCES = tests/unit/test_domain_cli.c $(DOMAIN_HOUSE)
tests_unit_test_domain_cli_LDADD = $(CHECK_LDADD)
