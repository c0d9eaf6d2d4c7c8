libmercat_a_SOURCES += \
	src/cli/admin/cmd_audit.c \
	src/cli/admin/cmd_doctor.c \
	src/cli/admin/cmd_notification.c \
	src/cli/admin/cmd_settings.c \
	src/cli/admin/cmd_staff.c src/cli/admin/cmd_status.c \
	src/cli/admin/cmd_store.c src/cli/admin/cmd_store_copy.c \
	src/cli/admin/store_user.c src/cli/admin/store_user.h
