# SPDX-License-Identifier: MIT
# Makes a row EMBEDDED("folder", "name", "content") of each file.

FNR == 1 {
	if (open)
		print ")"
	parts = split(FILENAME, path, "/")
	printf "EMBEDDED(\"%s\", \"%s\",", path[parts - 1], path[parts]
	open = 1
}

{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\\&")
	printf "\n\t\"%s\\n\"", $0
}

END {
	if (open)
		print ")"
}
