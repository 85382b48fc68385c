/* SPDX-License-Identifier: MIT */
/*
 * A domain that is set up as it should be, but for what any bytes say (see
 * byte_source.h), and the order to examine it: for fuzz targets.
 */
#ifndef TESTS_RIGHT_DOMAIN_H
#define TESTS_RIGHT_DOMAIN_H

#include "byte_source.h"

#include "base/buf.h"
#include "diagnosis/examine.h"
#include "dns/name.h"
#include "expect/expect.h"
#include "report/format.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	RIGHT_DOMAIN_NAMES = 19,
};

struct right_domain {
	struct name names[RIGHT_DOMAIN_NAMES];
	struct byte_world world;
	struct expect expect;
	struct order order;
};

/**
 * Makes *ret*, which must live as long as what is examined by it; with "2"
 * as the first of *size* bytes at *data* one of the zone's own servers is
 * asked as well.
 */
void right_domain_make(struct arena *arena, const uint8_t *data, size_t size,
    struct right_domain *ret);

/** The examination of *domain* as *source* answers. */
struct examination *right_domain_examine(struct arena *arena,
    const struct right_domain *domain, struct source *source);

/** What *format* tells of *outcome*, but for what the source counts. */
struct str right_domain_report(
    struct arena *arena, const struct outcome *outcome, enum format format);

#endif
