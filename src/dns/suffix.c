/* SPDX-License-Identifier: MIT */
/* Public suffixes through libpsl, when it is there. */
#include "dns/suffix.h"

#include "base/arena.h"

#include <assert.h>

#ifdef HAVE_PSL
#	include <libpsl.h>

bool
suffix_is_public(struct arena *arena, struct name name)
{
	const psl_ctx_t *list = psl_builtin();
	const struct str text = name_text(arena, name);
	if (!list) {
		return name_labels(name) <= 1;
	}
	/* Of a name in ASCII, as ours are, it looks up without memory. */
	return psl_is_public_suffix2(
		   list, str_z(arena, text), PSL_TYPE_ICANN) != 0;
}
#else
bool
suffix_is_public(struct arena *arena, struct name name)
{
	assert(arena);
	return name_labels(name) <= 1;
}
#endif

struct name
suffix_organizational(struct arena *arena, struct name name)
{
	const size_t labels = name_labels(name);
	for (size_t i = 1; i < labels; i++) {
		const struct name suffix = name_suffix(name, labels - i);
		if (suffix_is_public(arena, suffix)) {
			return name_suffix(name, labels - i + 1);
		}
	}
	return (struct name){ 0 };
}
