curl -fsS https://example.com/tool.sh -o tool.sh
curl -fsS https://example.com/rows.sh | sh # contracts: allow (shown in the manual)
