# SPDX-License-Identifier: MIT
# Makes ivycheck-findings.7 out of the catalogue, so that no code can be
# missing:
#
#	awk -v version=1.0 -f findings.awk families.def explain_words.def \
#	    catalog.def findings/*.md ivycheck-findings.7.in
#
# Templates are filled as "ivycheck explain" fills them: tests/lint/manual.py
# compares the two.

BEGIN {
	FS = "\""
	quote = "\001" # stands for a quotation mark within a string
}

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
	section = ""
}

file ~ /\.def$/ {
	gsub(/\\"/, quote)
}

/^(FAMILY|OUTSIDE)\(/ {
	if ($1 ~ /^FAMILY/)
		family[++families] = $2
	record[$2] = $4
	type[$2] = $6
	name[$2] = $8
	host[$2] = $10
}

/^(WITHOUT|ONLY)\(/ {
	split($1, word, "[(,]")
	if ($1 ~ /^ONLY/)
		chosen[word[2]] = 1
	restricted[word[2], $2] = 1
}

/^WORDS\(/ {
	words[$2, $4] = $6
}

# The comments of the catalogue that are one line head its groups.
/^\/\* .*\. \*\/$/ && file == "catalog.def" {
	heading = substr($0, 4, length($0) - 7)
}

/^FINDING\(/ {
	split($1 $3, word, "[(,] *")
	code[++n] = $2
	known[$2] = 1
	constant[n] = word[2]
	severity[n] = tolower(word[4])
	waiting[n] = word[7]
	group[n] = heading
	heading = ""
	strings = 0
}

/^\t"/ && file == "catalog.def" {
	row[n, ++strings] = $2
}

file ~ /\.md$/ {
	if (/^## /)
		section = substr($0, 4)
	else if (!/^#/ && section != "")
		text[file, section] = text[file, section] $0 "\n"
}

file ~ /\.in$/ {
	sub(/@VERSION@/, version)
	if ($0 == "@FINDINGS@")
		tell_findings()
	else
		print
}

# Whose record a row is about; a generic one is about any.
function kin_of(code,    i, longest) {
	if (code ~ /^(X|other)-/)
		return "other"
	for (i = 1; i <= families; i++)
		if (index(code, family[i] "-") == 1 &&
		    length(family[i]) > length(longest))
			longest = family[i]
	return longest
}

function value_of(code, key,    kin) {
	kin = kin_of(code)
	if (key == "record")
		return kin == "" ? "the domain" : record[kin]
	if (key == "type" && kin != "")
		return type[kin]
	if (key == "name" && kin != "")
		return name[kin]
	if (key == "host" && kin != "")
		return host[kin]
	if ((code, key) in words)
		return words[code, key]
	return words["", key]
}

function fill(code, template,    begins, key) {
	begins = template ~ /^\{/ && template !~ /^\{name\}/
	while (match(template, /\{[a-z_]+\}/)) {
		key = substr(template, RSTART + 1, RLENGTH - 2)
		template = substr(template, 1, RSTART - 1) \
		    value_of(code, key) substr(template, RSTART + RLENGTH)
	}
	if (begins)
		template = toupper(substr(template, 1, 1)) substr(template, 2)
	return template
}

# Text in lines that fit, each sentence beginning a new one, as mdoc wants it; a
# line that would be taken for a request is not, and codes and addresses are
# not hyphenated.
function prose(words,    word, i, parts, line) {
	gsub(/\\/, "\\e", words)
	gsub(quote, "\"", words)
	gsub(/-/, "\\-", words)
	parts = split(words, word, /[ \n]+/)
	for (i = 1; i <= parts; i++) {
		if (line ~ /[.?!][")]*$/ ||
		    length(line) + length(word[i]) > 72) {
			print line
			line = ""
		}
		if (line == "" && word[i] ~ /^[.']/)
			word[i] = "\\&" word[i]
		else if (word[i] ~ /-|:\//)
			word[i] = "\\%" breakable(word[i])
		line = line (line == "" ? "" : " ") word[i]
	}
	if (line != "")
		print line
}

# An address may go on in the next line behind a slash.
function breakable(word) {
	if (word ~ /:\//)
		gsub(/[a-z]\//, "&\\:", word)
	return word
}

# A section of a text of our own, whose paragraphs empty lines part.
function tell_section(words,    block, i, parts) {
	parts = split(words, block, /\n\n+/)
	for (i = 1; i <= parts; i++) {
		gsub(/^\n+|\n+$/, "", block[i])
		if (block[i] == "")
			continue
		print ".Pp"
		tell_block(block[i])
	}
}

# A paragraph, or a list when its lines begin with "- ".
function tell_block(words,    item, i, parts) {
	if (words !~ /^- /) {
		prose(words)
		return
	}
	parts = split(substr(words, 3), item, /\n- /)
	print ".Bl -bullet -compact"
	for (i = 1; i <= parts; i++) {
		print ".It"
		prose(item[i])
	}
	print ".El"
}

function has_family(i, family) {
	return (constant[i] in chosen) == ((constant[i], family) in restricted)
}

# The codes that a generic row stands for; records of no family have some of
# the rows too, if none of their own says it better.
function codes_of(i,    f, ending, list) {
	ending = substr(code[i], 2)
	for (f = 1; f <= families; f++)
		if (has_family(i, family[f]))
			list = list family[f] ending ", "
	if (has_family(i, "other") && !("other" ending in known))
		list = list "other" ending ", "
	return substr(list, 1, length(list) - 2)
}

function tell_finding(i,    spelt) {
	spelt = code[i]
	gsub(/-/, "\\-", spelt)
	print ".It Li " spelt
	prose(fill(code[i], row[i, 1]) ".")
	print ".Pq " severity[i] "; waiting " \
	    (waiting[i] == "YES" ? "helps" : "does not help")
	if (code[i] ~ /^X-/) {
		print ".Pp"
		prose("The codes are " codes_of(i) ".")
	}
	print ".Pp"
	prose(fill(code[i], row[i, 2]))
	tell_section(text[code[i] ".md", "Why it matters"])
	tell_section(text[code[i] ".md", "How long it takes"])
	if (row[i, 3] != "") {
		print ".Pp\n.Em What to do :"
		prose(fill(code[i], row[i, 3]))
	}
	print ".Pp"
	prose("See " row[i, 4] (row[i, 4] ~ /:\// ? "" : "."))
}

function tell_findings(    i) {
	for (i = 1; i <= n; i++) {
		if (group[i] != "") {
			if (i > 1)
				print ".El"
			print ".Ss " group[i]
			print ".Bl -tag -width Ds"
		}
		tell_finding(i)
	}
	print ".El"
}
