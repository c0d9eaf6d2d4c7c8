libmercat_a_SOURCES += \
	src/text/markup/html.c src/text/markup/html.h \
	src/text/markup/html_parse.c src/text/markup/html_parse.h \
	src/text/markup/html_safe.c src/text/markup/html_safe.h \
	src/text/markup/markdown.c src/text/markup/markdown.h \
	src/text/markup/markdown_facts.c src/text/markup/markdown_facts.h \
	src/text/markup/markdown_html.c \
	src/text/markup/markdown_text.c \
	src/text/markup/markdown_tree.h
