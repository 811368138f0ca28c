/** How genhash is called (genhash(1)). */
export const genhashHelp = `usage: genhash [-S [-I]] -s ADDRESS -p PORT -u PATH [-V HOST] [-P VERSION] [-t SECONDS] [-v]

Prints the MD5 digest of a page, as HTTP_GET and SSL_GET compare it with \`digest\` of a url in keepalived.conf.

  -s, --server ADDRESS         address of the server, IPv4 or IPv6
  -p, --port PORT              its port
  -u, --url PATH               the page
  -S, --use-ssl                by TLS, as SSL_GET
  -I, --use-sni                send the virtual host in the TLS handshake too
  -V, --use-virtualhost HOST   the name in the Host header (address and port otherwise)
  -P, --protocol VERSION       1.0 (default), 1.0c (with Connection: close) or 1.1
  -t, --timeout SECONDS        for connecting, and for each wait (5)
  -m, --fwmark MARK            refused: cannot be set in this version
  -v, --verbose                show header and page too
  -h, --help                   print this help
`;
