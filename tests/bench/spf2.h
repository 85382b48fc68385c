/* SPDX-License-Identifier: MIT */
/*
 * The same work done by libspf2, where it is there.
 */
#ifndef TESTS_BENCH_SPF2_H
#define TESTS_BENCH_SPF2_H

#include <stdbool.h>
#include <stddef.h>

/** A TXT or A record. */
struct bench_row {
	const char *name;
	const char *txt; /* or NULL: the name has an address */
	const char *address;
};

struct bench_spf2;

/** Makes ready to answer from *rows*; NULL where libspf2 is missing. */
struct bench_spf2 *bench_spf2_open(const struct bench_row *rows, size_t len);

/** Compiles *record* *times* times; false if it does not compile. */
bool bench_spf2_parse(
    struct bench_spf2 *spf2, const char *record, unsigned times);

/** Evaluates a mail *times* times; false if the result is not "pass". */
bool bench_spf2_evaluate(struct bench_spf2 *spf2, const char *ip,
    const char *mail_from, unsigned times);

/** Frees it. */
void bench_spf2_close(struct bench_spf2 *spf2);

#endif
