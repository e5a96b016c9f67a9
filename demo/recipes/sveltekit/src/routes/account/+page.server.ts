export const load = ({ locals }: { locals: App.Locals }) => ({ session: locals.session?.data });
