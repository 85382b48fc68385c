/* SPDX-License-Identifier: MIT */
/*
 * Whole lines for a plain file, whatever becomes of this process: SIGKILL
 * may come between two pages of one write(), so another process does the
 * writing. It gets the lines by a pipe and lives as long as that has an end.
 * It knows nothing of what the lines say.
 */
#ifndef CMD_WRITER_H
#define CMD_WRITER_H

#include "base/str.h"

#include <stdbool.h>

#include <sys/types.h>

/** The way to a file. */
struct writer {
	int fd;    /* what is written to: the file, or a pipe to the process */
	int file;  /* the caller's */
	pid_t pid; /* of the process; 0: there is none */
};

/** Writes to *fd* itself: the file, pipe or terminal of the caller. */
struct writer writer_direct(int fd);

/**
 * Takes the plain file *fd* for this process and the one that it parts with,
 * until both are gone; false if somebody else has taken it. Where files
 * cannot be locked nobody has.
 */
bool writer_claim(int fd);

/**
 * From now on another process writes to the file, if that is a plain one:
 * whole lines only, what is behind the last is dropped. Until then the file
 * is taken as by writer_claim(), if it can be. writer_end() must follow.
 * False with errno.
 */
bool writer_part(struct writer *writer);

/**
 * Writes all of *text*, without a buffer in this process. False with errno,
 * which may be of what was written before.
 */
bool writer_write(struct writer *writer, struct str text);

/**
 * Waits until all is in the file and the process is gone; it is written
 * directly then. False with errno if not all could be written.
 */
bool writer_end(struct writer *writer);

#endif
