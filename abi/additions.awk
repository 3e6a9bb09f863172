# Whether all that "abidiff --leaf-changes-only --harmless" (libabigail 2.2) reports are additions to structs. Exit
# status 0: it is. A line that is not known here is a change that programs may not survive.
#
#   handed   the structs that the library hands out, separated by blanks: they may grow at their end
#
# Numbers are bits. A member of the reserved room is one whose name begins with "reserved".

BEGIN {
    count = split(handed, names, " ")
    for (at = 1; at <= count; at++) may_grow[names[at]] = 1
    text = "[^']*"
}

function fail() { bad = 1; exit }

# The number after a word.
function after(word,    at) {
    at = index($0, word)
    return at ? substr($0, at + length(word)) + 0 : -1
}

# Is every new member of the struct at its old end or where reserved room was?
function finish(    at, room, free) {
    for (at = 1; at <= inserted; at++) {
        free = grown && offset[at] >= old_size
        for (room = 1; room <= rooms; room++)
            if (offset[at] >= room_begin[room] && offset[at] < room_end[room]) free = 1
        if (!free) bad = 1
    }
    # Of a smaller reserved room the rest must have stayed where it was.
    for (room = 1; room <= rooms; room++)
        if (room_whole[room] != room_end[room] + room_rest[room]) bad = 1
    if (!changes) bad = 1
    struct = ""; inserted = rooms = grown = changes = 0
}

/ summary: / || /^$/ { next }

/^'struct sipcause_[a-z0-9_]*' changed:$/ {
    if (struct != "") finish()
    struct = $2
    sub(/'$/, "", struct)
    next
}

struct == "" { fail() }

$0 ~ "^  type size changed from [0-9]+ to [0-9]+ \\(in bits\\)$" {
    old_size = after("from ")
    if (!(struct in may_grow) || after(" to ") < old_size) fail()
    grown = 1; changes++
    next
}

/^  type size hasn't changed$/ || /^  there are data member changes:$/ { next }

/^  [0-9]+ data member insertions?:$/ { next }

$0 ~ "^    '" text "', at offset [0-9]+ \\(in bits\\)$" {
    offset[++inserted] = after("at offset ")
    changes++
    next
}

# Reserved room that became smaller: four lines, then where what is left of it begins.
$0 ~ "^    type '" text "\\[[0-9]+\\]' of 'sipcause_[a-z0-9_]*::reserved[a-z0-9_]*' changed:$" { of_room = 1; next }
of_room && $0 ~ "^      type name changed from '" text "\\[[0-9]+\\]' to '" text "\\[[0-9]+\\]'$" {
    one = substr($0, index($0, "from '") + 6); sub(/\[.*/, "", one)
    other = substr($0, index($0, "to '") + 4); sub(/\[.*/, "", other)
    if (one != other) fail()
    next
}
of_room && /^      array type size changed from [0-9]+ to [0-9]+$/ { whole = after("from "); rest = after(" to "); next }
of_room && /^      array type subrange 1 changed length from [0-9]+ to [0-9]+$/ { next }
of_room && /^    and offset changed from [0-9]+ to [0-9]+ \(in bits\)/ {
    rooms++
    room_begin[rooms] = after("from "); room_end[rooms] = after(" to ")
    room_whole[rooms] = room_begin[rooms] + whole; room_rest[rooms] = rest
    of_room = 0; changes++
    next
}

# Reserved room of one number that got a name.
of_room && $0 ~ "^      entity changed from '" text "\\[1\\]' to 'typedef " text "'$" {
    one = substr($0, index($0, "from '") + 6); sub(/\[.*/, "", one)
    other = substr($0, index($0, "typedef ") + 8); sub(/'$/, "", other)
    if (one != other) fail()
    next
}
$0 ~ "^    (and )?name of 'sipcause_[a-z0-9_]*::reserved[a-z0-9_]*' changed to 'sipcause_[a-z0-9_]*::[a-z0-9_]*'$" {
    of_room = 0; changes++
    next
}

{ fail() }

END {
    if (struct != "" && !bad) finish()
    exit bad || of_room ? 1 : 0
}
