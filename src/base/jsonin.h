/* SPDX-License-Identifier: MIT */
/*
 * Reading JSON (RFC 8259) with jansson: what every reader of ours asks for
 * alike. What the text means is for those who know its schema.
 */
#ifndef BASE_JSONIN_H
#define BASE_JSONIN_H

#include "base/str.h"

#include <jansson.h>

/**
 * Reads *text*, in which no key may stand twice (RFC 8259 4 leaves open
 * which would count). NULL if it is not JSON, and *reterr*, which may be
 * NULL, says where. The caller gives it back with json_decref().
 */
json_t *jsonin_load(struct str text, json_error_t *reterr);

/** The text of *value*, which owns it; empty if it is none, or NULL. */
struct str jsonin_text(const json_t *value);

#endif
