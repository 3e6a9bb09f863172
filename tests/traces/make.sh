#!/bin/sh
# Makes the samples of README.md anew, those of Asterisk and FreeSWITCH aside. Needs sipp (sip-tester), ngrep, sngrep,
# tmux, tcpdump and kamailio, the right to capture on lo, and the ports 5060, 5070 and 5080 of 127.0.0.1.
#
#   tests/traces/make.sh FOLDER        the samples are written there

here=$(cd "$(dirname "$0")" && pwd) || exit 1
cd "${1:?a folder}" || exit 1
running=

start() { "$@" & running="$running $!"; }

finish() {
    sleep 1
    # shellcheck disable=SC2086 # process numbers
    kill $running
    wait
    running=
}

sipp_at() { exec sipp -i 127.0.0.1 -nostdin "$@" >/dev/null 2>&1; }

# PORT CALL... OPTIONS are in $options: each CALL is a user of uas.xml.
call() {
    port=$1
    shift
    for user; do
        scenario=uac.xml
        if [ "$user" = cancelled ]; then scenario=cancel.xml; fi
        # shellcheck disable=SC2086 # options are several words, or none
        (sipp_at -sf "$here/$scenario" -p 5060 -m 1 -s "$user" -cid_str "$user@example.com" -trace_msg \
            -message_file "$user.part" $options 127.0.0.1:"$port") || echo "$user failed"
    done
}

ngrep_to() { # FILE OPTIONS...
    file=$1
    shift
    exec ngrep -l -d lo "$@" '' 'port 5070' >"$file" 2>/dev/null </dev/null
}

options=
start sipp_at -sf "$here/uas.xml" -p 5070
start ngrep_to ngrep.txt
start ngrep_to ngrep-narrow.txt -q -t -c 40
start ngrep_to ngrep-byline.txt -q -t -W byline
start ngrep_to ngrep-single.txt -q -t -W single
start ngrep_to ngrep-none.txt -q -T -W none
start tcpdump -q -U -i lo -w calls.pcap 'udp port 5070'
sleep 2
call 5070 answered busy failed cancelled
finish
cat answered.part busy.part failed.part cancelled.part >sipp.log

options='-t t1'
start sipp_at -sf "$here/uas.xml" -p 5070 -t t1
start ngrep_to ngrep-tcp.txt -q -t
sleep 2
call 5070 answered
finish

# sngrep's export: F2, and a name that ends in .txt.
tmux -L sipcause new-session -d -x 120 -y 40 "TERM=xterm sngrep -I calls.pcap"
sleep 2
for keys in F2 sngrep.txt Enter; do
    tmux -L sipcause send-keys "$keys"
    sleep 1
done
kill -KILL "$(tmux -L sipcause list-panes -F '#{pane_pid}')"

cat >kamailio.cfg <<END
children=1
disable_tcp=yes
listen=udp:127.0.0.1:5080
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "sipdump.so"
modparam("sipdump", "enable", 1)
modparam("sipdump", "folder", "$PWD")
modparam("sipdump", "fprefix", "dump-")
request_route {
    \$du = "sip:127.0.0.1:5070";
    forward();
}
END
options=
start kamailio -DD -E -f kamailio.cfg -P "$PWD/kamailio.pid" 2>/dev/null
start sipp_at -sf "$here/uas.xml" -p 5070
sleep 2
call 5080 answered failed cancelled
finish
mv dump-*.data kamailio-sipdump.txt
rm -f ./*.part dump-*.meta kamailio.cfg kamailio.pid
