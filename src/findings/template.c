/* SPDX-License-Identifier: MIT */
/* Templates: text with {key} in it. */
#include "findings/template.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <string.h>

static const struct finding_arg *
arg_find(const struct finding_arg *args, size_t len, struct str key)
{
	for (size_t i = 0; i < len; i++) {
		if (str_eq(str_of(args[i].key), key)) {
			return &args[i];
		}
	}
	return NULL;
}

bool
template_next(struct str *rest, struct template_place *ret)
{
	const ptrdiff_t open = str_index(*rest, '{');
	const ptrdiff_t close = str_index(*rest, '}');
	if (open < 0) {
		return false;
	}
	assert(close > open);
	ret->before = str_slice(*rest, 0, (size_t)open);
	ret->key = str_slice(*rest, (size_t)open + 1, (size_t)close);
	*rest = str_from(*rest, (size_t)close + 1);
	return true;
}

struct str
template_fill(struct arena *arena, const char *template,
    const struct finding *finding, const struct finding_arg *always,
    size_t always_len)
{
	struct buf to = buf_new(arena);
	struct str rest = str_of(template);
	struct template_place place;
	while (template_next(&rest, &place)) {
		const struct finding_arg *arg =
		    arg_find(finding->args.at, finding->args.len, place.key);
		if (!arg) {
			arg = arg_find(always, always_len, place.key);
		}
		assert(arg && "a template names an argument that is not set");
		buf_add(&to, place.before);
		buf_add(&to, arg->value);
	}
	buf_add(&to, rest);
	return buf_str(&to);
}
