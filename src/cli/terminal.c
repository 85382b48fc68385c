/* SPDX-License-Identifier: MIT */
/* Reads the environment: https://no-color.org/, POSIX 8.2 and 8.3. */
#include "cli/terminal.h"

#include "base/str.h"

#include <stdlib.h>

#include <langinfo.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDTH_UNKNOWN = 80,
	WIDTH_LEAST = 40,
	WIDTH_MOST = 500,
};

static bool
is_plain(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return (no_color && *no_color) ||
	       (term && str_eq(str_of(term), STR("dumb")));
}

/** Asks the locale without making it that of the program. */
static bool
is_utf8(void)
{
	const locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	if (!locale) {
		return false;
	}
	const struct str codeset = str_of(nl_langinfo_l(CODESET, locale));
	const bool utf8 = str_eq_nocase(codeset, STR("UTF-8")) ||
			  str_eq_nocase(codeset, STR("utf8"));
	freelocale(locale);
	return utf8;
}

static size_t
width_read(void)
{
	struct winsize window;
	unsigned long width = 0;
	if (!str_number(str_of(getenv("COLUMNS")), WIDTH_MOST, &width) ||
	    width == 0) {
		const bool known =
		    ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0;
		width = known ? window.ws_col : 0;
	}
	if (width == 0) {
		return WIDTH_UNKNOWN;
	}
	if (width > WIDTH_MOST) {
		return WIDTH_MOST;
	}
	return width < WIDTH_LEAST ? WIDTH_LEAST : width;
}

struct terminal
terminal_read(void)
{
	return (struct terminal){
		.out_is_terminal = isatty(STDOUT_FILENO) == 1,
		.err_is_terminal = isatty(STDERR_FILENO) == 1,
		.plain = is_plain(),
		.utf8 = is_utf8(),
		.width = width_read(),
	};
}
