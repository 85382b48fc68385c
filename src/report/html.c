/* SPDX-License-Identifier: MIT */
/*
 * The frame of a page, its style and script carried by the program (page.css
 * and page.js). The policy keeps the page from loading anything, whatever
 * its text may be.
 */
#include "report/html.h"

#include <assert.h>

struct embedded {
	const char *name;
	const char *content;
};

static const struct embedded FILES[] = {
#define EMBEDDED(folder, name, content) { name, content },
#include "report/page_files.def"
#undef EMBEDDED
};

/**
 * What stands for a character that means something in HTML; or NULL. The
 * backtick is for old browsers that took it for a quote of attributes. All
 * text comes escaped already (text/escape), so control characters and changes
 * of direction need no care here.
 */
static const char *
entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '`':
		return "&#96;";
	default:
		return NULL;
	}
}

void
html_text(struct buf *to, struct str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *entity = entity_of(text.at[i]);
		if (entity) {
			buf_add(to, str_slice(text, from, i));
			buf_adds(to, entity);
			from = i + 1;
		}
	}
	buf_add(to, str_from(text, from));
}

void
html_element(
    struct buf *to, const char *tag, const char *class, struct str text)
{
	buf_addf(to, "<%s", tag);
	if (class) {
		buf_addf(to, " class=\"%s\"", class);
	}
	buf_addc(to, '>');
	html_text(to, text);
	buf_addf(to, "</%s>\n", tag);
}

void
html_heading(struct buf *to, unsigned level, struct str text)
{
	assert(level >= 1 && level <= 6);
	size_t from = 0;
	buf_addf(to, "<h%u>", level);
	/* A long name breaks after a dot, if it has to break. */
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.at[i] == '.' && text.at[i + 1] != ' ') {
			html_text(to, str_slice(text, from, i + 1));
			buf_adds(to, "<wbr>");
			from = i + 1;
		}
	}
	html_text(to, str_from(text, from));
	buf_addf(to, "</h%u>\n", level);
}

void
html_copy(struct buf *to, const char *what, struct str value)
{
	buf_adds(
	    to, "<button type=\"button\" class=\"needs-script\" data-copy=\"");
	html_text(to, value);
	buf_addf(to, "\">Copy %s</button>", what);
}

static const char *
file_content(const char *name)
{
	for (size_t i = 0; i < sizeof(FILES) / sizeof(*FILES); i++) {
		if (str_eq(str_of(FILES[i].name), str_of(name))) {
			return FILES[i].content;
		}
	}
	assert(false && "a file of the page is not in the program");
	return NULL;
}

void
html_begin(struct buf *to, struct str title)
{
	buf_adds(to, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		     "<meta charset=\"utf-8\">\n"
		     "<meta http-equiv=\"Content-Security-Policy\" "
		     "content=\"default-src 'none'; style-src 'unsafe-inline'; "
		     "script-src 'unsafe-inline'\">\n"
		     "<meta name=\"viewport\" "
		     "content=\"width=device-width, initial-scale=1\">\n");
	html_element(to, "title", NULL, title);
	buf_adds(to, "<style>\n");
	buf_adds(to, file_content("page.css"));
	buf_adds(to, "</style>\n</head>\n<body>\n");
}

void
html_end(struct buf *to)
{
	buf_adds(to, "<script>\n");
	buf_adds(to, file_content("page.js"));
	buf_adds(to, "</script>\n</body>\n</html>\n");
}
