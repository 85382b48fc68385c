/* SPDX-License-Identifier: MIT */
/* Errors of use, one sentence each. */
#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

bool
err_set(struct err *err, enum err_code code, const char *format, ...)
{
	assert(err);
	assert(code != ERR_NONE);
	va_list args;
	va_start(args, format);
	(void)vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	err->code = code;
	err->hint[0] = '\0';
	return false;
}

bool
err_hint(struct err *err, const char *format, ...)
{
	assert(err && err->code != ERR_NONE);
	va_list args;
	va_start(args, format);
	(void)vsnprintf(err->hint, sizeof(err->hint), format, args);
	va_end(args);
	return false;
}

const char *
err_code_text(enum err_code code)
{
	static const char *const words[] = {
		[ERR_NONE] = "none",
		[ERR_USAGE] = "usage",
		[ERR_DOMAIN] = "domain",
		[ERR_FILE] = "file",
		[ERR_INPUT] = "input",
		[ERR_SYSTEM] = "system",
	};
	assert((unsigned)code < sizeof(words) / sizeof(*words));
	return words[code];
}
