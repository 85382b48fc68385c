/* SPDX-License-Identifier: MIT */
/*
 * The table of formats: the only place that knows them all. A format is a
 * file and a row of formats.def.
 */
#include "report/format.h"

#include <assert.h>

struct format_row {
	const char *name;
	render_fn *render;
};

static const struct format_row ROWS[] = {
#define FORMAT(constant, name, function) \
	[FORMAT_##constant] = { name, function },
#include "report/formats.def"
#undef FORMAT
};

render_fn *
format_renderer(enum format format)
{
	assert((unsigned)format < FORMATS);
	return ROWS[format].render;
}

bool
format_parse(struct str name, enum format *ret)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (str_eq(name, str_of(ROWS[i].name))) {
			*ret = (enum format)i;
			return true;
		}
	}
	return false;
}
