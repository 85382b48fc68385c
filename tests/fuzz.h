/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target is: a file fuzz_NAME.c with this one function, which
 * takes any bytes and must neither crash, nor hang, nor break a promise.
 * "make fuzz TARGET=NAME" links it with libFuzzer; "make check" gives it
 * every file of fixtures/corpus/NAME, by fuzz_main.c.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct patterns;

/** Takes *size* bytes at *data*; always 0. The name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** An empty arena, the same for each input: its memory is kept. */
struct arena *fuzz_arena(void);

/** The compiled patterns, the same for each input. */
struct patterns *fuzz_patterns(void);

#endif
