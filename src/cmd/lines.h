/* SPDX-License-Identifier: MIT */
/*
 * Lines out of a file or a pipe that may never end, without waiting for the
 * next one while there is other work. Bounded: a line that is too long is
 * told, and passed over. A byte order mark before the first is no part of it.
 */
#ifndef CMD_LINES_H
#define CMD_LINES_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

enum {
	LINE_MAX = 65536,        /* octets of a line that somebody wrote */
	LINE_MAX_OWN = 16 << 20, /* of one that this program wrote */
};

/** How reading a line ended. */
enum line_outcome {
	LINE_READ,
	LINE_TOO_LONG, /* what is given is its beginning */
	LINE_LATER,    /* none is there yet */
	LINE_END,      /* none will come */
};

struct lines;

/**
 * Opens *path*; empty and "-" are stdin. Lines of more than *most* octets
 * are too long. In *arena*; NULL with *reterr* if it cannot be read.
 */
struct lines *lines_open(
    struct arena *arena, struct str path, size_t most, struct err *reterr);

/** The number of the line that was given last; the first is 1. */
size_t lines_number(const struct lines *lines);

/**
 * False with *reterr* if what was said to be the end was not one: the rest
 * could not be read.
 */
bool lines_are_whole(const struct lines *lines, struct err *reterr);

/** Lets waiting for a line end, as the input would, once *fd* can be read. */
void lines_stop_at(struct lines *lines, int fd);

/**
 * Gives the next line in *ret*, without its end, valid until the next call.
 * With *wait* it waits until there is one, or the end.
 */
enum line_outcome lines_next(struct lines *lines, bool wait, struct str *ret);

/** How many octets were read, and how many there are (-1: not known). */
void lines_progress(
    const struct lines *lines, int64_t *ret_read, int64_t *ret_all);

/** Closes it and sets it to NULL; NULL is allowed. */
void lines_close(struct lines **lines);

#endif
