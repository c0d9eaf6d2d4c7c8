libmercat_a_SOURCES += \
	src/text/figures/agreement.c src/text/figures/agreement.h \
	src/text/figures/chart.c src/text/figures/chart.h \
	src/text/figures/chart_line.c \
	src/text/figures/chart_pen.c src/text/figures/chart_pen.h \
	src/text/figures/csv.c src/text/figures/csv.h \
	src/text/figures/palette.c src/text/figures/palette.h
