/** The product's mark and name. */
export function Logo() {
  return (
    <>
      <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width={28} height={28} />
      <span>{'Alfa'}</span>
    </>
  );
}
