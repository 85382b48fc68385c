/* SPDX-License-Identifier: MIT */
/* Reading JSON: the one call of the library that reads, and its texts. */
#include "base/jsonin.h"

#include "base/alloc.h"

#include <stdlib.h>

json_t *
jsonin_load(struct str text, json_error_t *reterr)
{
	json_set_alloc_funcs(xmalloc, free);
	return json_loadb(
	    text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, reterr);
}

struct str
jsonin_text(const json_t *value)
{
	return json_is_string(value)
		   ? (struct str){ .at = json_string_value(value),
			     .len = json_string_length(value) }
		   : (struct str){ 0 };
}
