/* SPDX-License-Identifier: MIT */
/*
 * What check_ivycheck tells of itself. Plugins end with "unknown" after that:
 * nothing was checked.
 */
#include "base/err.h"
#include "cmd/help.h"
#include "cmd/session.h"

static const char VERSION_TEXT[] = "check_ivycheck " PACKAGE_VERSION "\n";

static const char HELP_TEXT[] =
    "check_ivycheck " PACKAGE_VERSION "\n"
    "Would IvyMail verify the domain? A monitoring plugin.\n"
    "\n"
    "usage: check_ivycheck -H DOMAIN [-w RANGE] [-c RANGE] [-t SECONDS]\n"
    "                      [-v] [OPTIONS]\n"
    "\n"
    "  -H, --hostname DOMAIN   the domain to check; may be given again\n"
    "  -w, --warning RANGE     how many warnings there may be; without it\n"
    "                          any number\n"
    "  -c, --critical RANGE    how many errors there may be (0); those that\n"
    "                          are allowed are a warning\n"
    "  -t, --timeout SECONDS   for all of it (30)\n"
    "  -v, --verbose           the evidence too; -vv: every question too\n"
    "  -V, --version           the version\n"
    "  -h, --help              this text\n"
    "\n"
    "RANGE is END, START:END, START: or ~:END (no lower bound), and alerts\n"
    "outside of it; @START:END alerts inside.\n"
    "\n"
    "OPTIONS are those of ivycheck check, such as --expect FILE, --only\n"
    "RECORD,... and -n SERVER (see ivycheck check -h).\n"
    "\n"
    "0 OK        ready\n"
    "1 WARNING   right, but not visible everywhere yet; or too many warnings\n"
    "2 CRITICAL  a person must change something\n"
    "3 UNKNOWN   DNS could not be asked, or the call is wrong\n"
    "Performance data: errors, warnings, right (records), spf_lookups, time.\n";

static enum exit_code
tell(struct session *session, const char *text)
{
	struct err err = { 0 };
	if (!session_write(session, str_of(text), &err)) {
		return session_fail(session, &err);
	}
	return EXIT_UNKNOWN;
}

enum exit_code
help_plugin(struct session *session)
{
	return tell(session, HELP_TEXT);
}

enum exit_code
help_plugin_version(struct session *session)
{
	return tell(session, VERSION_TEXT);
}
