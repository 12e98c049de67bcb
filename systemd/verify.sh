#!/bin/bash
# Checks the units of this folder: systemd-analyze must have nothing to say about them, and no directive may be
# younger than systemd 249, which does not know it and says so on every start.
#
# The executable need not be installed: the copy that is verified names another one.

set -euo pipefail

units=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp "$units"/*.service "$units"/*.socket "$copy"
sed -i "s|/usr/local/bin/forgewire|$(type -P true)|" "$copy"/*.service

# Those of services and sockets that came with 250 and later (systemd's NEWS).
young='ExitType|LoadCredentialEncrypted|SetCredentialEncrypted|RestrictFileSystems|RestrictNetworkInterfaces'
young+='|StartupAllowedCPUs|StartupAllowedMemoryNodes|OpenFile|LogFilterPatterns|ReloadSignal|RestartSteps'
young+='|RestartMaxDelaySec|RestartMode|ImportCredential|MemoryKSM|DelegateSubgroup|PrivatePIDs|ProtectControlGroupsEx'
young+='|SurviveFinalKillSignal|CoredumpReceive|MemoryPressureWatch|MemoryPressureThresholdSec|NFTSet'
young+='|PassFileDescriptorsToExec|PollLimitIntervalSec|PollLimitBurst|RootEphemeral'
young+='|ExtensionDirectories|MemoryZSwapMax|MemoryZSwapWriteback|DeferTrigger|AcceptFileDescriptors'
if found=$(grep -nE "^($young)=|^Type=notify-reload|^(PrivateTmp|PrivateUsers|ProtectHostname)=(disconnected|full|private)" \
    "$copy"/*.service "$copy"/*.socket); then
  echo "not known to systemd 249: $found" >&2
  exit 1
fi

said=$(systemd-analyze verify "$copy"/*.service "$copy"/*.socket 2>&1) && status=0 || status=$?
if [ -n "$said" ] || [ "$status" != 0 ]; then
  printf '%s\n' "${said//"$copy/"/systemd/}" >&2
  exit 1
fi
