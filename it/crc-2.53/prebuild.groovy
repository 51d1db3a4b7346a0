io.github.cdkmaven.world.InvokedLocal.prepare(basedir, context, '2.53.0')
true
