libmercat_a_SOURCES += \
	src/staff/admin/page_accounts.c \
	src/staff/admin/page_audit.c \
	src/staff/admin/page_door.c \
	src/staff/admin/page_health.c \
	src/staff/admin/page_needs.c
