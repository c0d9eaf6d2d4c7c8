# What the tests and the two commands need beside the programs that make builds.
check_SCRIPTS += tests/unit/copy_tree.sh
EXTRA_DIST += tests/unit/copy_tree.sh .ci/run tools/copy-tree tools/coverage tools/demo \
	tools/dependencies tools/test \
	tools/demo.d/closed-consultation.md tools/demo.d/consultation.md \
	tools/demo.d/documents.py tools/demo.d/on_paper.py tools/demo.d/replies.py tools/demo.d/stage.py \
	tools/demo.d/subscribers.csv tools/demo.d/update.md \
	tests/browser/driver.js tests/browser/package-lock.json tests/browser/package.json \
	tests/e2e/browser.py tests/e2e/crowd.py tests/e2e/pages.py \
	tests/e2e/test_pages.py tests/e2e/test_pages_abuse.py tests/e2e/test_pages_proxy.py \
	tests/e2e/test_pages_fuzz.py tests/e2e/test_report_back.py tests/e2e/test_staff_hints.py \
	tests/e2e/test_pages_language.py tests/e2e/test_pages_safe.py \
	tests/e2e/test_pages_private.py tests/e2e/test_pages_story.py \
	tests/e2e/test_pages_subscriber.py \
	tests/e2e/test_publication.py \
	tests/e2e/looks.py tests/e2e/test_looks.py tests/e2e/test_unsaid.py tests/e2e/test_staff_says.py \
	tests/e2e/clicks.py tests/e2e/test_clicks.py \
	tests/e2e/test_staff_grace.py tests/e2e/test_staff_report.py tests/e2e/test_staff_subscriber.py \
	tests/e2e/test_staff_toolbar.py \
	tests/e2e/test_staff_home.py tests/e2e/test_staff_editor.py tests/e2e/editor.py \
	tests/e2e/test_staff_approval.py tests/e2e/test_staff_flags.py tests/e2e/test_staff_told.py \
	tests/e2e/test_staff_import.py \
	tests/e2e/test_staff_settings.py \
	tests/e2e/test_staff_scan.py \
	tests/e2e/staff.py tests/e2e/test_staff_by_hand.py tests/e2e/test_staff_reply.py \
	tests/e2e/test_staff_analysis_report.py \
	tests/e2e/test_report_export.py tests/e2e/test_report_scan.py \
	tests/e2e/test_staff_unsorted.py \
	tests/e2e/test_staff_coding.py tests/e2e/test_staff_original.py \
	tests/e2e/test_staff_pages.py \
	tests/e2e/test_staff_rights.py tests/e2e/test_staff_triage.py \
	tests/e2e/test_staff_proposed.py tests/e2e/test_staff_proxy.py \
	tests/e2e/test_staff_bulletins.py tests/e2e/test_staff_moved.py tests/e2e/test_staff_move.py \
	tests/conftest.py tests/e2e/conftest.py tests/e2e/house.py tests/e2e/mailroom.py \
	tests/e2e/test_cases.py tests/e2e/test_cases_mail.py tests/e2e/test_cases_acts.py \
	tests/e2e/texts.py tests/e2e/test_letters.py \
	tests/e2e/letters/__init__.py tests/e2e/letters/made.py tests/e2e/letters/scored.py \
	tests/e2e/letters/first.py tests/e2e/letters/first_people.py \
	tests/e2e/letters/first_odd.py tests/e2e/letters/first_machines.py \
	tests/e2e/letters/first_other.txt tests/e2e/letters/second.py \
	tests/e2e/letters/second_people.py tests/e2e/letters/second_odd.py \
	tests/e2e/letters/second_other.txt tests/e2e/letters/third.txt \
	tests/e2e/test_audit.py tests/e2e/test_bench.py tests/e2e/test_staff_large.py \
	tests/e2e/test_bad_input.py tests/e2e/test_bounces.py tests/e2e/test_choices.py \
	tests/e2e/crashing.c tests/e2e/test_coding.py tests/e2e/test_crash.py \
	tests/e2e/test_demo.py tests/e2e/test_files.py tests/e2e/test_form.py tests/e2e/test_join.py \
	tests/e2e/test_kill.py tests/e2e/test_mailbox.py \
	tests/e2e/test_move_in.py \
	tests/e2e/test_doctor.py \
	tests/e2e/test_status.py \
	tests/e2e/test_tls.py tests/e2e/test_user.py \
	tests/e2e/test_staff.py tests/e2e/test_leave.py tests/e2e/test_consent.py \
	tests/e2e/test_officials.py tests/e2e/test_reply.py \
	tests/e2e/test_responses.py \
	tests/e2e/test_staff_re_anchor.py tests/e2e/test_staff_blind.py tests/e2e/test_staff_odd.py \
	tests/e2e/test_staff_reading.py tests/e2e/test_staff_steps.py tests/e2e/test_staff_decide.py \
	tests/e2e/test_staff_once.py tests/e2e/test_no_room.py \
	tests/e2e/test_staff_seen.py tests/e2e/test_staff_together.py tests/e2e/test_token.py \
	tests/e2e/test_commands.py \
	tests/e2e/test_erasure_others.py tests/e2e/test_in_sight.py \
	tests/e2e/sending.py tests/e2e/test_pause.py tests/e2e/test_update.py \
	tests/faults/conftest.py tests/faults/failing_writes.c tests/faults/sending.py tests/faults/sink.py \
	tests/faults/test_delivery_kills.py tests/faults/test_delivery_trouble.py \
	tests/faults/test_wire.py \
	tests/servers/dovecot.py tests/servers/ground.py tests/servers/postfix.py \
	tests/servers/test_servers.py

EXTRA_DIST += tests/unit/proved.py tests/unit/proved.h tests/unit/headers.py \
	tests/unit/all_proved.py tests/unit/all_proved.sh tests/unit/unproved.txt
# What the programs saw stands beside them; when the last of them has run, it is put together.
check_SCRIPTS += tests/unit/all_proved.sh
tests/unit/all_proved.log: $(check_PROGRAMS:=.log)
CLEANFILES += tests/*/*.seen
CLEANFILES += tests/unit/proved.c tests/unit/proved.flags tests/unit/proved.$(OBJEXT)
tests/unit/proved.c: $(srcdir)/tests/unit/proved.py $(srcdir)/tests/unit/headers.py \
		Makefile $(libmercat_a_OBJECTS)
	$(AM_V_GEN)$(MKDIR_P) tests/unit && \
		$${PYTHON:-/usr/bin/python3} $(srcdir)/tests/unit/proved.py $(srcdir) \
			$@.part tests/unit/proved.flags && \
		mv $@.part $@
tests/unit/proved.$(OBJEXT): tests/unit/proved.c $(srcdir)/tests/unit/proved.h
	$(AM_V_CC)$(COMPILE) -w -I$(srcdir)/tests -c -o $@ tests/unit/proved.c
