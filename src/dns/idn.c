/* SPDX-License-Identifier: MIT */
/* IDNA 2008 through libidn2, when it is there. */
#include "dns/idn.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/err.h"

#include <assert.h>
#include <stddef.h>

#ifdef HAVE_IDN2
#	include <idn2.h>
#endif

bool
idn_is_needed(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.at[i] >= 0x80) {
			return true;
		}
	}
	return false;
}

#ifdef HAVE_IDN2
bool
idn_to_ascii(
    struct arena *arena, struct str text, struct str *ret, struct err *reterr)
{
	char *ascii = NULL;
	assert(arena && ret && reterr);
	if (str_index(text, '\0') >= 0) {
		return err_set(reterr, ERR_DOMAIN, "has a zero byte in it");
	}
	alloc_reserve(ALLOC_FOR_LIBRARY);
	const int status = idn2_to_ascii_8z(
	    str_z(arena, text), &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
	if (status != IDN2_OK) {
		return err_set(reterr, ERR_DOMAIN,
		    "is not an internationalised domain name: %s",
		    idn2_strerror(status));
	}
	*ret = str_copy(arena, str_of(ascii));
	idn2_free(ascii);
	return true;
}
#else
bool
idn_to_ascii(
    struct arena *arena, struct str text, struct str *ret, struct err *reterr)
{
	assert(arena && ret && idn_is_needed(text));
	(void)err_set(reterr, ERR_DOMAIN,
	    "has letters beyond ASCII, which this ivycheck cannot read: it "
	    "was built without libidn2");
	return err_hint(reterr, "Write the name with its xn-- labels.");
}
#endif
