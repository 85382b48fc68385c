/* SPDX-License-Identifier: MIT */
/*
 * One record as the fields of a DNS host's panel: what each is called there,
 * and what is typed into it. The table is providers.def.
 */
#ifndef DIAGNOSIS_PROVIDER_FIELDS_H
#define DIAGNOSIS_PROVIDER_FIELDS_H

#include "base/str.h"
#include "base/vec.h"
#include "diagnosis/provider_advice.h"
#include "dns/rr.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct provider;

/** A record that is to be typed. */
struct panel_record {
	enum rrtype type;
	struct str name;   /* full, without final dot */
	struct str host;   /* relative to the zone, "@" for itself */
	bool is_apex;      /* it stands at the zone itself */
	struct str value;  /* raw; of an MX the host alone */
	uint16_t priority; /* of an MX */
};

struct provider_field {
	const char *label;
	struct str text; /* raw; empty: nothing is typed */
};

/** In the order in which they are told. */
struct provider_fields VEC(struct provider_field);

/** The fields of *record* in the panel of *provider*. */
struct provider_fields provider_fields(struct arena *arena,
    const struct provider *provider, const struct panel_record *record);

/**
 * What is not known of the panel of *provider* and makes a difference:
 * sentences on how to see it. Empty if all is known.
 */
struct provider_lines provider_unknowns(
    struct arena *arena, const struct provider *provider);

#endif
