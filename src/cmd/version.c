/* SPDX-License-Identifier: MIT */
/* What this program is, for a report on a fault in it. */
#include "base/buf.h"
#include "base/err.h"
#include "cmd/help.h"
#include "cmd/session.h"

#ifdef HAVE_IDN2
#	define FEATURE_IDN "+idn"
#else
#	define FEATURE_IDN "-idn"
#endif
#ifdef HAVE_PSL
#	define FEATURE_PSL "+psl"
#else
#	define FEATURE_PSL "-psl"
#endif

enum exit_code
help_version(struct session *session)
{
	struct err err = { 0 };
	static const char text[] =
	    "ivycheck " PACKAGE_VERSION "\n"
	    "libraries: " BUILT_WITH "\n"
	    "features: " FEATURE_IDN " " FEATURE_PSL "\n"
	    "schemas: ivycheck/report/1 ivycheck/spf/1 ivycheck/dmarc/1"
	    " ivycheck/dkim/1 ivycheck/explain/1"
	    " ivycheck/records/1\n";
	if (!session_write(session, str_of(text), &err)) {
		return session_fail(session, &err);
	}
	return EXIT_READY;
}
