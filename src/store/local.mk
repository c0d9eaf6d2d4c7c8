SQL_FILES = \
	src/store/sql/0001_start.sql \
	src/store/sql/0002_public.sql \
	src/store/sql/0003_desk.sql \
	src/store/sql/0004_coding.sql \
	src/store/sql/0005_compose.sql \
	src/store/sql/0006_figures.sql \
	src/store/sql/0007_answers.sql \
	src/store/sql/0008_facts.sql \
	src/store/sql/0009_visibility.sql \
	src/store/sql/0010_arrived.sql \
	src/store/sql/0011_leave_asked.sql \
	src/store/sql/0012_readings.sql \
	src/store/sql/0013_trust.sql \
	src/store/sql/0014_forwards.sql \
	src/store/sql/0015_bulletin_sent.sql \
	src/store/sql/0016_proposals.sql \
	src/store/sql/0017_unsorted_risk.sql \
	src/store/sql/0018_writers.sql \
	src/store/sql/0019_recognised.sql \
	src/store/sql/0020_authors.sql \
	src/store/sql/0021_dealt.sql \
	src/store/sql/0022_bounce_reasons.sql \
	src/store/sql/0023_learned.sql \
	src/store/sql/0024_also.sql \
	src/store/sql/0025_words.sql \
	src/store/sql/0026_change.sql \
	src/store/sql/0027_topics.sql \
	src/store/sql/0028_leaving.sql \
	src/store/sql/0029_versions.sql \
	src/store/sql/0030_entries.sql \
	src/store/sql/0031_values.sql \
	src/store/sql/0032_replies.sql \
	src/store/sql/0033_approval.sql \
	src/store/sql/0034_tell.sql \
	src/store/sql/0035_imports.sql \
	src/store/sql/0036_roles.sql \
	src/store/sql/0037_erased_words.sql \
	src/store/sql/0038_form.sql \
	src/store/sql/0039_import_pieces.sql \
	src/store/sql/0040_reports.sql \
	src/store/sql/0041_flags.sql \
	src/store/sql/0042_scans.sql \
	src/store/sql/0043_publication.sql \
	src/store/sql/0044_imported_mail.sql \
	src/store/sql/0045_report_backs.sql \
	src/store/sql/0046_leaks.sql \
	src/store/sql/0047_moves.sql \
	src/store/sql/0048_releases.sql \
	src/store/sql/0049_restored.sql \
	src/store/sql/0050_report_files.sql \
	src/store/sql/parts.sql \
	src/store/sql/answer.sql \
	src/store/sql/approval.sql \
	src/store/sql/archive.sql \
	src/store/sql/audit.sql \
	src/store/sql/blind.sql \
	src/store/sql/bounce.sql \
	src/store/sql/bulletin.sql \
	src/store/sql/campaign.sql \
	src/store/sql/change.sql \
	src/store/sql/code.sql \
	src/store/sql/coding.sql \
	src/store/sql/compose.sql \
	src/store/sql/consultation.sql \
	src/store/sql/delivery.sql \
	src/store/sql/needs.sql \
	src/store/sql/queue.sql \
	src/store/sql/digest.sql \
	src/store/sql/entry.sql \
	src/store/sql/extract.sql \
	src/store/sql/flag.sql \
	src/store/sql/analysis.sql \
	src/store/sql/import.sql \
	src/store/sql/inbound.sql \
	src/store/sql/leak.sql \
	src/store/sql/notification.sql \
	src/store/sql/manage.sql \
	src/store/sql/proposal.sql \
	src/store/sql/publication.sql \
	src/store/sql/recode.sql \
	src/store/sql/report.sql \
	src/store/sql/restore.sql \
	src/store/sql/report_back.sql \
	src/store/sql/response.sql \
	src/store/sql/rule.sql \
	src/store/sql/sample.sql \
	src/store/sql/moving.sql \
	src/store/sql/scan.sql \
	src/store/sql/search.sql \
	src/store/sql/staff.sql \
	src/store/sql/subscriber.sql \
	src/store/sql/triage.sql
EXTRA_DIST += $(SQL_FILES) src/store/sqlgen.awk
BUILT_SOURCES += src/store/sql_statements.h src/store/sql_statements.c
CLEANFILES += src/store/sql_statements.h src/store/sql_statements.c

src/store/sql_statements.h: $(SQL_FILES) src/store/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && (cd $(srcdir) && \
		$(AWK) -v want=h -f src/store/sqlgen.awk $(SQL_FILES)) >$@.new && mv $@.new $@
src/store/sql_statements.c: $(SQL_FILES) src/store/sqlgen.awk
	$(AM_V_GEN)$(MKDIR_P) src/store && (cd $(srcdir) && \
		$(AWK) -v want=c -f src/store/sqlgen.awk $(SQL_FILES)) >$@.new && mv $@.new $@

nodist_libmercat_a_SOURCES = src/store/sql_statements.c src/store/sql_statements.h
libmercat_a_SOURCES += \
	src/store/apart.c \
	src/store/apart.h \
	src/store/copies.c \
	src/store/row_json.c \
	src/store/row_json.h \
	src/store/store_private.h \
	src/store/around.c src/store/open.c \
	src/store/statement.c \
	src/store/store.h \
	src/store/turn.c \
	src/store/turn.h \
	src/store/txn.c

check_SCRIPTS += tests/unit/store_upgrades.sh
EXTRA_DIST += tests/unit/store_upgrades.sh tests/unit/store_upgrades.py \
	tests/stores/make.py tests/stores/v6.tar.xz

check_PROGRAMS += tests/unit/test_store
tests_unit_test_store_SOURCES = tests/unit/test_store.c tests/unit/unit.h
tests_unit_test_store_LDADD = $(CHECK_LDADD)
check_SCRIPTS += tests/unit/store_copies.sh
EXTRA_DIST += tests/unit/store_copies.sh
