/* SPDX-License-Identifier: MIT */
/*
 * What the person who runs the program must act on: one sentence that names
 * the file, line or argument, and what would help. What is wrong in DNS is
 * never an err: it is an answer or a finding.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/** What kind of mistake it is; err_code_text() gives the word for JSON. */
enum err_code {
	ERR_NONE,
	ERR_USAGE,  /* an option or argument is not what it should be */
	ERR_DOMAIN, /* what was given as a domain is none */
	ERR_FILE,   /* a file cannot be read or written */
	ERR_INPUT,  /* a file does not say what it should */
	ERR_SYSTEM, /* the system refused something */
};

struct err {
	enum err_code code;
	char text[768]; /* one sentence, no final newline */
	char hint[256]; /* what to do; empty if there is nothing to add */
};

/** Sets *err* like printf() does and gives false, to return at once. */
bool err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Adds a hint to an error that is set; gives false. */
bool err_hint(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Gives the word that stands for *code* in JSON ("usage", "input"...). */
const char *err_code_text(enum err_code code);

#endif
