#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return(missing);
  }
#endif
// refused: unknown-name at 5:11
