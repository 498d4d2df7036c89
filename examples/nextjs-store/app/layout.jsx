export const metadata = { title: "Curtains" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui", margin: "3rem auto", maxWidth: "32rem" }}>
        {children}
      </body>
    </html>
  );
}
