/* SPDX-License-Identifier: MIT */
/* From remarks on a record to findings: RFC 9989 4.7, 4.8. */
#include "checks/dmarc_record.h"

#include "base/arena.h"
#include "mail/dmarc_repair.h"

#include <assert.h>

enum {
	MOST_ALIKE = 4, /* findings of one code; more would tell no more */
	LONGEST_TAG = 20,
};

/** What becomes of remarks of a class. */
static const enum finding_code CODES[] = {
	[DMARC_CLASS_UNRECOGNISED] = FINDING_DMARC_NOT_RECOGNISED,
	[DMARC_CLASS_SYNTAX] = FINDING_DMARC_SYNTAX_ERROR,
	[DMARC_CLASS_VALUE] = FINDING_DMARC_BAD_VALUE,
	[DMARC_CLASS_ADDRESS] = FINDING_DMARC_RUA_INVALID,
	[DMARC_CLASS_REPEATED] = FINDING_DMARC_REPEATED_TAG,
	[DMARC_CLASS_UNKNOWN] = FINDING_DMARC_UNKNOWN_TAG,
	[DMARC_CLASS_REMOVED] = FINDING_DMARC_REMOVED_TAG,
	[DMARC_CLASS_NO_POLICY] = FINDING_DMARC_POLICY_MISSING,
};

void
dmarc_mend(
    const struct dmarc_seen *seen, struct str text, struct finding *finding)
{
	struct rr rr = {
		.owner = seen->subject->record->name,
		.type = RRTYPE_TXT,
	};
	if (text.len == 0) {
		return;
	}
	rr.rdata.txt = rr_txt_of(finding->arena, text);
	finding_edit(finding, EDIT_REMOVE,
	    seen->answer->chain_len > 0 ? &seen->answer->chain[0] : seen->rr);
	finding_edit(finding, EDIT_ADD, &rr);
}

/** Adds the corrected record to what mends *finding*, if it is another. */
static void
mend_by_repairing(const struct dmarc_seen *seen, struct finding *finding)
{
	const struct str text = dmarc_repair(finding->arena, seen->dmarc->text);
	if (!str_eq(text, seen->dmarc->text)) {
		dmarc_mend(seen, text, finding);
	}
}

static void
saw_part(
    const struct dmarc_seen *seen, struct span span, struct finding *finding)
{
	struct evidence *evidence =
	    finding_saw(finding, seen->rr, seen->answer);
	assert(span.to <= evidence->value.len);
	evidence->has_span = span.from < span.to;
	evidence->from = span.from;
	evidence->to = span.to;
}

/** The tag that *remark* is about; an unknown one has nothing but letters. */
static struct str
tag_name(const struct dmarc_seen *seen, const struct dmarc_remark *remark)
{
	if (remark->tag != DMARC_TAGS) {
		return str_of(dmarc_tag_text(remark->tag));
	}
	const struct str from = str_from(seen->dmarc->text, remark->span.from);
	size_t len = 0;
	while (len < from.len && len < LONGEST_TAG &&
	       char_is_alpha(from.at[len])) {
		len++;
	}
	return str_slice(from, 0, len);
}

static struct finding *
report(const struct dmarc_seen *seen, const struct dmarc_remark *remark,
    struct judgement *out)
{
	const enum dmarc_problem problem = remark->problem;
	const char *meaning = remark->meaning;
	struct finding *finding =
	    find(&out->findings, CODES[dmarc_problem_class(problem)]);
	const struct str tag = tag_name(seen, remark);
	finding_arg(finding, "problem", "%s", dmarc_problem_word(problem));
	finding_arg(finding, "problem_text", "%s%s%s%s",
	    dmarc_problem_text(problem), meaning ? " Probably " : "",
	    meaning ? meaning : "", meaning ? " is meant." : "");
	finding_arg(finding, "tag", "%.*s", STR_ARG(tag));
	saw_part(seen, remark->span, finding);
	return finding;
}

static bool
is_error(const struct dmarc_remark *remark)
{
	return dmarc_problem_class(remark->problem) <= DMARC_CLASS_VALUE;
}

bool
dmarc_judge_errors(const struct dmarc_seen *seen, struct judgement *out)
{
	struct finding *finding = NULL;
	const struct dmarc_remark *remark;
	vec_foreach(remark, &seen->dmarc->remarks) {
		if (!is_error(remark)) {
			continue;
		}
		if (!finding) {
			finding = report(seen, remark, out);
		} else if (finding->evidence.len < MOST_ALIKE) {
			saw_part(seen, remark->span, finding);
		}
	}
	if (finding) {
		mend_by_repairing(seen, finding);
		out->status = STATUS_WRONG;
	}
	return finding != NULL;
}

void
dmarc_judge_remarks(const struct dmarc_seen *seen, struct judgement *out)
{
	size_t told[sizeof(CODES) / sizeof(*CODES)] = { 0 };
	struct finding *addresses = NULL;
	const struct dmarc_remark *remark;
	vec_foreach(remark, &seen->dmarc->remarks) {
		const enum dmarc_class class =
		    dmarc_problem_class(remark->problem);
		assert(!is_error(remark));
		if (told[class]++ >= MOST_ALIKE) {
			continue;
		}
		if (class == DMARC_CLASS_ADDRESS && addresses) {
			saw_part(seen, remark->span, addresses);
			continue;
		}
		struct finding *finding = report(seen, remark, out);
		if (class == DMARC_CLASS_ADDRESS) {
			addresses = finding;
		}
		if (class != DMARC_CLASS_REMOVED) {
			mend_by_repairing(seen, finding);
		}
	}
}
