/* SPDX-License-Identifier: MIT */
/*
 * The value of a TXT ends in a dot, or has its dots escaped: what is right
 * for host names in a zone file (RFC 1035 5.1) was done to a text.
 */
#include "diagnosis/cause.h"
#include "diagnosis/undone.h"

#include "base/buf.h"
#include "look/look.h"

/** *text* without what belongs to host names, and where that is. */
struct undotted {
	struct str text;
	size_t from;
	size_t to;
};

static struct undotted
undot(struct arena *arena, struct str text)
{
	struct buf to = buf_new(arena);
	struct undotted undotted = { .from = text.len, .to = text.len };
	size_t end = str_trim(text).len;
	while (end > 0 && text.at[end - 1] == '.') {
		end--;
		undotted.from = end;
		undotted.to = end + 1;
	}
	buf_adds(&to, "");
	for (size_t i = 0; i < end; i++) {
		if (text.at[i] == '\\' && i + 1 < end &&
		    text.at[i + 1] == '.') {
			undotted.from = i;
			undotted.to = i + 2;
			continue;
		}
		buf_addc(&to, text.at[i]);
	}
	undotted.text = buf_str(&to);
	return undotted;
}

bool
cause_trailing_dot(
    struct look *look, const struct scene *scene, struct judgement *out)
{
	const struct answer *answer = undone_candidates(look, scene, out);
	const struct rr *rr;
	if (!answer) {
		return false;
	}
	answer_foreach_rr(rr, answer) {
		const struct str text = rr->rdata.txt.joined;
		const struct undotted undotted =
		    undot(look_scratch(look), text);
		if (undotted.from == text.len ||
		    !undone_is_right(
			look_scratch(look), scene, rr, undotted.text)) {
			continue;
		}
		struct finding *finding =
		    cause_replace(out, FINDING_X_TRAILING_DOT);
		struct evidence *evidence = finding_saw(finding, rr, answer);
		evidence->has_span = true;
		evidence->from = undotted.from;
		evidence->to = undotted.to;
		mend_by_undoing(finding, scene, rr, undotted.text);
		return true;
	}
	return false;
}
