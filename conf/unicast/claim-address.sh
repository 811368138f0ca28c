#!/bin/sh
# Called with the virtual address when this router becomes master. Put your provider's command in the place of the last
# line: the one that moves a secondary address, or points a route, at this machine.
address=$1
echo "$(date +%T) $address is to come to $(hostname)" >> /var/log/claim-address
