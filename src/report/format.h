/* SPDX-License-Identifier: MIT */
/*
 * The output formats: each a file render_x.c and a row in formats.def. A
 * renderer turns a finished report into text and decides nothing.
 */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct nagios_limits;
struct patterns;
struct report;

enum format {
#define FORMAT(constant, name, function) FORMAT_##constant,
#include "report/formats.def"
#undef FORMAT
	FORMATS, /* how many there are */
};

/** How to tell it. */
struct manner {
	struct patterns *patterns; /* for text/escape */
	bool color;                /* our own SGR sequences are allowed */
	bool ascii;                /* nothing but ASCII of our own */
	bool quiet;                /* only what is wrong */
	int verbosity;             /* 0; 1: evidence; 2: every question too */
	size_t width;              /* columns of the terminal, at least 40 */
	bool compact; /* one line a report where that makes sense */
	const struct nagios_limits *limits; /* NULL: none were given */
};

/** Adds the text for *report* to *to*. */
typedef void render_fn(
    const struct report *report, const struct manner *manner, struct buf *to);

/* The renderers of formats.def, each in a file of its own. */
#define FORMAT(constant, name, function) render_fn function;
#include "report/formats.def"
#undef FORMAT

/** The renderer of *format*. */
render_fn *format_renderer(enum format format);

/** Finds "json"; false if there is no such format. */
bool format_parse(struct str name, enum format *ret);

#endif
