io.github.cdkmaven.world.InvokedLocal.prepare(basedir, context, '2.46.0')
true
