/* SPDX-License-Identifier: MIT */
/* An edition for all, and whatever writes it. */
#include "cmd/batch_out.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cli/options.h"
#include "cmd/batch_done.h"
#include "cmd/memory.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "report/edition.h"

#include <assert.h>

/** Makes ready what is told of all domains together. */
static void
editions_open(struct batch_out *out)
{
	struct session *session = out->session;
	if (session->options->format.len == 0) {
		session->format = FORMAT_JSON;
	}
	out->manner = session->manner;
	out->manner.compact = true;
	out->edition =
	    edition_open(session->arena, session->format, &out->manner);
	if (session->options->report.len > 0) {
		out->page =
		    edition_open(session->arena, FORMAT_HTML, &out->manner);
	}
	out->in_turn = out->page || edition_is_whole(out->edition);
}

bool
batch_out_open(struct batch_out *out, struct session *session)
{
	const struct str resume = session->options->resume;
	assert(session && !out->edition);
	out->session = session;
	editions_open(out);
	if (resume.len == 0) {
		return output_part(session->output, &out->err);
	}
	out->done = batch_done_open(session, resume, &out->err);
	return out->done != NULL;
}

bool
batch_out_has(struct batch_out *out, struct str key)
{
	return out->done && batch_done_take(out->done, key);
}

struct str
batch_out_add(
    struct batch_out *out, struct arena *arena, const struct report *report)
{
	struct buf to = buf_new(arena);
	assert(out->edition);
	buf_adds(&to, "");
	if (memory_tells(out->session, report)) {
		edition_add(out->edition, report, &to);
		out->told++;
	}
	if (out->page) {
		/* What it gives at once is nothing. */
		edition_add(out->page, report, &to);
	}
	return buf_str(&to);
}

void
batch_out_write(struct batch_out *out, struct str lines)
{
	if (out->broken || lines.len == 0) {
		return;
	}
	out->broken = out->done
			  ? !batch_done_write(out->done, lines, &out->err)
			  : !session_write(out->session, lines, &out->err);
}

/** Waits until all that was written is there. */
static void
settle(struct batch_out *out)
{
	struct err late = { 0 };
	const bool good = out->done
			      ? batch_done_settle(out->done, &late)
			      : output_settle(out->session->output, &late);
	out->err = good || out->broken ? out->err : late;
	out->broken = out->broken || !good;
}

void
batch_out_end(struct batch_out *out)
{
	struct session *session = out->session;
	struct buf to = buf_new(session->arena);
	buf_adds(&to, "");
	if (memory_tells_end(session, out->told)) {
		edition_close(out->edition, &to);
	}
	batch_out_write(out, buf_str(&to));
	settle(out);
	if (out->page && !out->broken) {
		struct buf page = buf_new(session->arena);
		edition_close(out->page, &page);
		out->broken = !file_write(session->arena,
		    session->options->report, buf_str(&page), &out->err);
	}
}

void
batch_out_close(struct batch_out *out)
{
	settle(out);
	batch_done_close(&out->done);
}
