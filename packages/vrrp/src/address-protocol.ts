/** IFA_PROTO of addresses that a keepalived set; the kernel shows it (`proto keepalived`). */
export const addressProtocol = 18;
